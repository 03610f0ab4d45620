# What matching patterns costs: bench/pattern.cc, each part in a process of its own, and `entente match` as a whole.
package Pattern;
use strict;
use warnings;
use Machine;

sub part {
  my ($setting, $mode, @arguments) = @_;
  return %{ run_tool("$setting->{scratch}/pattern.log", "$setting->{tools}/bench_pattern", $mode, @arguments) };
}

sub figures {
  my ($setting, $report) = @_;
  my $quick = $setting->{quick};
  my @rounds = ('--rounds', $quick ? 1 : 5);
  my %parse = part($setting, 'parse', '--patterns', $quick ? 1_000 : 100_000, @rounds);
  $report->add(
    figure => 'patterns: parsed, one core', reach => 'at least 3 million/s',
    measured => sprintf('%.1f million/s', $parse{parsed_per_s} / 1e6), met => $parse{parsed_per_s} >= 3e6,
  );
  my %few;
  for my $patterns ($quick ? (10, 1_000) : (10, 1_000, 100_000, 1_000_000)) {
    my %match = part($setting, 'match', '--patterns', $patterns, '--events', $quick ? 500 : 20_000, @rounds);
    %few = %match if $patterns == 1_000;
    my ($reach, $met) = $patterns == 100_000 ? ('at least 1/3 of JSON', $match{share_of_json} >= 1 / 3)
      : $patterns == 1_000_000 ? ('at least 0.6 of 1,000', $match{events_per_s} >= 0.6 * $few{events_per_s}) : ('', 1);
    $report->add(
      figure => "patterns: $patterns against events of $match{event_bytes} bytes", reach => $reach, ratio => $match{share_of_json},
      measured => sprintf('%.0f events/s', $match{events_per_s}),
      limit => sprintf('the same events parsed as JSON: %.0f/s', $match{json_events_per_s}), met => $met,
    );
  }
  my %load = part($setting, 'load', '--patterns', $quick ? 1_000 : 1_000_000);
  $report->add(
    figure => "patterns: $load{patterns} loaded", reach => 'under 2 s, 150 bytes each, texts apart',
    measured => sprintf('%.2f s, %.0f bytes (resident, with texts: %.0f); slowest to add %.0f us', $load{load_s},
      $load{memory_bytes_per_pattern}, $load{resident_bytes_per_pattern}, $load{longest_add_us}),
    met => $load{load_s} < 2 && $load{memory_bytes_per_pattern} < 150,
  );
  my %multi = part($setting, 'multi', '--patterns', $quick ? 100 : 10_000, '--events', $quick ? 1_000 : 1_000_000);
  $report->add(
    figure => "patterns: $multi{patterns} FOLLOWEDBY WITHIN over $multi{events} events", reach => 'at least 300,000 events/s',
    measured => sprintf('%.0f events/s, %d remembered', $multi{events_per_s}, $multi{remembered}),
    limit => sprintf('the same events parsed as JSON: %.0f/s', $multi{json_events_per_s}), met => $multi{events_per_s} >= 300_000,
  );
}

1;
