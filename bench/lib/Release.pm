# What release control costs: bench/release.cc, each part in a process and a directory of its own.
package Release;
use strict;
use warnings;
use Machine;

sub part {
  my ($setting, $directory, $mode, @arguments) = @_;
  push @arguments, '--scratch', "$setting->{scratch}/$directory" if $directory ne '';
  return %{ run_tool("$setting->{scratch}/release.log", "$setting->{tools}/bench_release", $mode, @arguments) };
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
  my %page = part($setting, 'release-page', 'page', '--rounds', $setting->{quick} ? 1 : 15);
  $report->add(
    figure => 'release: page of 1,000 objects, one in ten cut', reach => 'at least 0.85 of the speed', ratio => $page{speed},
    measured => "$page{cut_us} us", limit => "the same page without cuts: $page{whole_us} us", met => $page{speed} >= 0.85,
  );
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
