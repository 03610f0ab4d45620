# What release control costs: bench/release.cc, each part in a process and a directory of its own.
package Release;
use strict;
use warnings;
use Reading;
use Machine;
use Node;

sub part {
  my ($setting, $directory, $mode, @arguments) = @_;
  push @arguments, '--scratch', "$setting->{scratch}/$directory" if $directory ne '';
  return %{ run_tool("$setting->{scratch}/release.log", "$setting->{tools}/bench_release", $mode, @arguments) };
}

# A bundle of 1,000 objects; of one in ten, two properties are TLP:RED, and so the writer's alone.
sub bundle_with_cuts {
  my @objects;
  for my $i (1 .. 1_000) {
    my $parts = $i % 10 ? '' : ',"granular_markings":[{"marking_ref":"marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1","selectors":["description","confidence"]}]';
    push @objects, sprintf('{"type":"indicator","spec_version":"2.1","id":"indicator--00000005-0000-4000-8000-%012x","created":"2026-01-01T00:00:00.000Z",'
      . '"modified":"2026-01-01T00:00:00.000Z","name":"Indicator %d","description":"%s","pattern":"[ipv4-addr:value = \'203.0.113.7\']","pattern_type":"stix",'
      . '"valid_from":"2026-01-01T00:00:00Z","confidence":70,"labels":["%s"]%s}', $i, $i, 'd' x 300, 'l' x 200, $parts);
  }
  return '{"type":"bundle","id":"bundle--00000006-0000-4000-8000-000000000001","objects":[' . join(',', @objects) . ']}';
}

# The same page for its originator, whole, and for a reader with cuts, in turn, over HTTP and in one process.
sub cut_pages {
  my ($setting, $report) = @_;
  my $node = Node->make($setting, 'cuts');
  write_text("$setting->{scratch}/cuts.json", bundle_with_cuts());
  $node->command('import', '--data', $node->{directory}, '--party', 'BENCH-W', '--collection', 'bench', '--json', "$setting->{scratch}/cuts.json");
  $node->start;
  my $target = $node->objects_path . '?limit=1000';
  my ($whole, $cut) = map { length($node->page($_, $target)) } 'BENCH-W', 'BENCH-R';
  die "bench: nothing was cut\n" if $cut >= $whole - 100 * 300;
  my %runs;
  for my $round (0 .. $setting->{rounds}) {
    for my $party ('BENCH-W', 'BENCH-R') {
      my $run = $node->ask($party, [$target], clients => 8, requests => $setting->{page_requests});
      push @{ $runs{$party} }, $run if $round > 0;
    }
  }
  my $ratio = median(map { $runs{'BENCH-R'}[$_]{rate} / $runs{'BENCH-W'}[$_]{rate} } 0 .. $setting->{rounds} - 1);
  my $rate = sub { my ($party) = @_; return Reading::thousands(median(map { $_->{rate} } @{ $runs{$party} })); };
  my %page = part($setting, 'release-page', 'page', '--rounds', $setting->{quick} ? 1 : 15);
  $report->add(
    figure => 'release: page of 1,000 objects, one in ten cut, 8 clients', reach => 'at least 0.85 of the speed',
    measured => $rate->('BENCH-R') . sprintf(' pages/s; in one process without HTTP %s us, %.2f of the speed', $page{cut_us}, $page{speed}),
    limit => 'the same page without cuts: ' . $rate->('BENCH-W') . "/s; $page{whole_us} us", ratio => sprintf('%.2f', $ratio), met => $ratio >= 0.85 ? 1 : 0,
  );
  $node->remove;
}

sub figures {
  my ($setting, $report) = @_;
  my ($objects, $mark_sets, $parties) = @$setting{qw(release_objects mark_sets parties)};
  my %decide = part($setting, '', 'decide', '--rounds', $setting->{quick} ? 25 : 2_000);
  $report->add(
    figure => 'release: deciding (reader, label), one core', reach => 'at least 100 million/s',
    measured => sprintf('%.0f million/s; the reader\'s tables are made in %.0f us', $decide{decisions_per_s} / 1e6, $decide{resolve_us}),
    met => $decide{decisions_per_s} >= 1e8,
  );
  my %world = part($setting, 'release-world', 'world', '--objects', $objects, '--mark-sets', $mark_sets);
  $report->add(
    figure => sprintf('release: world after a membership change, %d entries, %d mark-sets', $world{entries}, $world{mark_sets}),
    reach => 'under 25 ms', measured => "$world{world_ms} ms (slowest $world{world_ms_max})", met => $world{world_ms} < 25,
  );
  cut_pages($setting, $report);
  part($setting, 'release-large', 'fill', '--parties', $parties, '--mark-sets', $mark_sets);
  my %open = part($setting, 'release-large', 'open');
  $report->add(
    figure => sprintf('release: %d parties, %d mark-sets', $open{parties}, $open{mark_sets}),
    reach => 'under 100 MB, start under 1 s',
    measured => "start $open{open_ms} ms, $open{open_mb} MB; with a world for each party $open{worlds_mb} MB",
    met => $open{worlds_mb} < 100 && $open{open_ms} < 1000,
  );
}

1;
