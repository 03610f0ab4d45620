# Figures of taking in: durable ingest over HTTP against the limit server, its cost as the store grows, and imports by CLI.
package Ingest;
use strict;
use warnings;
use JSON::PP;
use List::Util qw(max min);
use Machine;
use Node;
use Time::HiRes qw(sleep time);

sub us { return sprintf('%.2f us', $_[0]); }
sub thousands { my $n = sprintf('%.0f', $_[0]); 1 while $n =~ s/^(\d+)(\d{3})/$1,$2/; return $n; }

# One load of the limit server: what bench_load printed, and server_cpu.
sub limit_round {
  my ($setting, $count) = @_;
  my $file = "$setting->{scratch}/limit.data";
  my $log = "$setting->{scratch}/limit.log";
  my $server = start_server($log, "$setting->{tools}/bench_limit_server", '--listen', '127.0.0.1:0', '--file', $file);
  my $out = run_tool($log, "$setting->{tools}/bench_load", 'ingest', '--address', $server->{address}, '--target', '/limit/',
    '--count', $count, '--creator', 'identity--5a2f4c0e-7d3b-4e0f-9d65-0f6b8c1f7a12');
  $out->{server_cpu} = cpu_seconds($server->{pid});
  stop_server($server);
  unlink($file);
  return $out;
}

# Row 1: the node and its limit in turn, each time from empty.
sub durable {
  my ($setting, $report) = @_;
  my $count = $setting->{ingest_objects};
  my (@limit, @node);
  for my $round (1 .. $setting->{rounds}) {
    say_now("ingest: round $round of $setting->{rounds}");
    system('sync');
    push @limit, limit_round($setting, $count);
    system('sync');
    my $node = Node->make($setting, "ingest$round")->start;
    push @node, $node->ingest(count => $count);
    $node->remove;
  }
  my ($rate, $limit_rate) = (median(map { $_->{rate} } @node), median(map { $_->{rate} } @limit));
  my $ratio = median(map { $node[$_]{rate} / $limit[$_]{rate} } 0 .. $#node);
  my ($cpu, $limit_cpu) = map { my $runs = $_; median(map { 1e6 * $_->{server_cpu} / $count } @$runs) } \@node, \@limit;
  $report->add(
    figure => 'durable ingest, 1,000-object envelopes over HTTP, 8 writers, ' . thousands($count) . ' objects',
    measured => thousands($rate) . ' objects/s; p95 ' . sprintf('%.1f ms', median(map { $_->{p95_us} / 1000 } @node)) . ' an envelope',
    limit => 'JSON parse, append, fdatasync: ' . thousands($limit_rate) . ' objects/s',
    ratio => sprintf('%.2f', $ratio), reach => 'at least 1/3', met => $ratio >= 1 / 3 ? 1 : 0,
    cpu => us($cpu) . " an object; limit " . us($limit_cpu));
  $report->add(figure => 'durable ingest, server CPU an object of ' . sprintf('%.0f bytes', $node[0]{bytes} / $count),
    measured => us($cpu), reach => 'at most 4 us', met => $cpu <= 4 ? 1 : 0, cpu => us($cpu));
}

# The store that the other figures are taken at, filled in steps whose cost is taken apart. Gives the node, which runs.
sub large_store {
  my ($setting, $report) = @_;
  my $node = Node->make($setting, 'large')->start;
  my $total = $setting->{large_objects};
  my ($done, $cpu_all, %cumulative, $last) = (0, 0);
  my @steps = map { int($total * $_ / 50) } 1, 10, 50;
  for my $step (@steps) {
    my $out = $node->ingest(count => $step - $done, first => $done, 'clear-every' => $setting->{clear_every},
      statuses => "$setting->{scratch}/statuses");
    $cpu_all += $out->{server_cpu};
    $last = 1e6 * $out->{server_cpu} / ($step - $done);
    $cumulative{$step} = 1e6 * $cpu_all / $step;
    $done = $step;
    say_now(sprintf('large store: %s objects, %.0f objects/s, %s an object', thousands($done), $out->{rate}, us($cumulative{$step})));
  }
  # The clock of /proc is coarse: a tiny step may have cost nothing.
  my $spread = max(values %cumulative) / (min(values %cumulative) || 1);
  # What the machine asks more for as files grow (pages of memory that it never had before) is not the node's.
  my @limit = map { 1e6 * limit_round($setting, $_)->{server_cpu} / $_ } $steps[0], $total;
  $report->add(figure => 'ingest, server CPU an object as the store grows',
    measured => join('; ', map { us($cumulative{$_}) . ' to ' . thousands($_) } @steps) . '; last step alone ' . us($last),
    limit => sprintf('JSON parse, append, fdatasync: %s to %s; %s to %s', us($limit[0]), thousands($steps[0]), us($limit[1]), thousands($total)),
    ratio => sprintf('%.2f', $spread), reach => 'within 1.2', met => $spread <= 1.2 ? 1 : 0, cpu => us($cumulative{ $steps[-1] }));
  return $node;
}

# The file to import: real objects many times over where they can be had, else generated ones.
sub import_file {
  my ($setting) = @_;
  my $file = "$setting->{scratch}/import";
  if ($setting->{stix_large} && !$setting->{quick}) {
    my $made = run_tool("$file.log", "$setting->{tools}/bench_generate", 'copies', '--from', $setting->{stix_large},
      '--to', "$file.json.zst", '--copies', $setting->{copies});
    return ("$file.json.zst", $made->{objects}, "stix-large x $setting->{copies}, fresh ids, zstd");
  }
  my $text = command_output("$file.log", [0], "$setting->{tools}/bench_generate", 'objects', '--count', $setting->{import_objects});
  my @lines = split /\n/, $text;
  write_text("$file.json", '{"type":"bundle","id":"bundle--00000000-0000-4000-8000-000000000000","objects":[' . join(',', @lines) . ']}');
  my $made = run_tool("$file.log", "$setting->{tools}/bench_generate", 'copies', '--from', "$file.json", '--to', "$file.json.zst", '--copies', 2);
  return ("$file.json.zst", $made->{objects}, 'generated objects');
}

# One import into a new store. With $through, by way of a server that runs on it.
sub import_round {
  my ($setting, $file, $through) = @_;
  system('sync');
  my $node = Node->make($setting, 'import-store');
  $node->start if $through;
  my $server_cpu = $through ? $node->cpu : 0;
  my @before = times();
  my $began = time();
  my ($pid, $from) = Machine::start_process($node->{log}, $setting->{entente}, 'import', '--data', $node->{directory},
    '--party', 'BENCH-W', '--collection', 'bench', '--json', $file);
  my $peak_kb = 0;
  # The answer comes at the end; until then the memory of whoever does the work is looked at.
  my $ready = '';
  vec($ready, fileno($from), 1) = 1;
  do {
    $peak_kb = max($peak_kb, memory_kb($through ? $node->pid : $pid)->{RssAnon} // 0);
  } while (select(my $seen = $ready, undef, undef, 0.02) == 0);
  my $answer = decode_json(do { local $/; <$from> });
  my $code = Machine::wait_for($pid) >> 8;
  die "bench: the import ended with $code\n" if $code > 1;
  my $seconds = time() - $began;
  my @after = times();
  my $cpu = $after[2] + $after[3] - $before[2] - $before[3];
  if ($through) {
    settle($node->pid);
    $cpu += $node->cpu - $server_cpu;
  }
  $node->remove;
  return { %$answer, seconds => $seconds, cpu => $cpu, peak_kb => $peak_kb };
}

# Row 2.
sub import_figure {
  my ($setting, $report) = @_;
  my ($file, $objects, $what) = import_file($setting);
  if (!$setting->{stix_large} && !$setting->{quick}) {
    $report->add(figure => 'import by CLI, stix-large x 20', measured => 'skipped: no shared/data/stix/stix-large.json.zst');
    return;
  }
  my (@through, @direct);
  for my $round (1 .. $setting->{import_rounds}) {
    say_now("import: round $round of $setting->{import_rounds}");
    push @direct, import_round($setting, $file, 0);
    push @through, import_round($setting, $file, 1);
  }
  for my $run (@through, @direct) {
    die "bench: the import saw $run->{objects} objects, not $objects\n" if $run->{objects} != $objects;
    die "bench: imports differ\n" if $run->{accepted} != $direct[0]{accepted};
  }
  my ($rate, $limit) = map { my $runs = $_; median(map { $objects / $_->{seconds} } @$runs) } \@through, \@direct;
  my ($cpu, $limit_cpu) = map { my $runs = $_; median(map { 1e6 * $_->{cpu} / $objects } @$runs) } \@through, \@direct;
  my $ratio = median(map { $direct[$_]{seconds} / $through[$_]{seconds} } 0 .. $#direct);
  my $first = $direct[0];
  $report->add(
    figure => "import by CLI through a running server, $what",
    measured => sprintf('%s objects/s (%s objects: %s accepted, %s refused, %s repeated)', thousands($rate),
      map { thousands($_) } $objects, @$first{qw(accepted refused repeated)}),
    limit => 'the CLI opens the directory itself: ' . thousands($limit) . ' objects/s',
    ratio => sprintf('%.2f', $ratio), reach => 'at least 1/2', met => $ratio >= 0.5 ? 1 : 0,
    cpu => us($cpu) . ' an object; limit ' . us($limit_cpu));
  my ($peak, $limit_peak) = map { my $runs = $_; max(map { $_->{peak_kb} / 1024 } @$runs) } \@through, \@direct;
  $report->add(figure => "import by CLI, memory while it runs, $what",
    measured => sprintf('%.0f MB (server), %.0f MB (CLI alone)', $peak, $limit_peak),
    reach => 'under 300 MB', met => max($peak, $limit_peak) < 300 ? 1 : 0);
}

1;
