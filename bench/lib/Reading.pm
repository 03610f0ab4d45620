# Figures of reading: pages against nginx, pages of a narrow world against a store that holds only that world, single
# objects, memory and starts.
package Reading;
use strict;
use warnings;
use List::Util qw(max min);
use Machine;
use Node;
use Time::HiRes qw(sleep time);

sub us { return sprintf('%.0f us', $_[0]); }
sub ms { return sprintf('%.2f ms', $_[0] / 1000); }
sub thousands { return Ingest::thousands(@_); }
sub path_of { my ($text) = @_; $text =~ s/[\[]/%5B/g; $text =~ s/[\]]/%5D/g; return $text; }

# nginx on files below $root: { pid, pids, address }.
sub start_nginx {
  my ($setting, $root) = @_;
  my $port = free_port();
  my $home = "$setting->{scratch}/nginx";
  mkdir($home);
  my $user = $> == 0 ? "user root;\n" : '';
  my $places = join('', map { "  ${_}_temp_path $home/$_;\n" } qw(client_body proxy fastcgi uwsgi scgi));
  write_text("$home/nginx.conf", <<END);
${user}daemon off;
worker_processes 2;
pid $home/nginx.pid;
error_log $home/error.log;
events { worker_connections 256; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 100000000;
  default_type "application/taxii+json;version=2.1";
  open_file_cache max=1000 inactive=1h;
$places  server { listen 127.0.0.1:$port; root $root; }
}
END
  my $tool = start_tool("$home/log", $setting->{nginx}, '-c', "$home/nginx.conf", '-p', $home, '-e', "$home/error.log");
  for (1 .. 100) {
    last if eval { get_page("127.0.0.1:$port", '/0', ''); 1 };
    sleep(0.05);
  }
  get_page("127.0.0.1:$port", '/0', '');
  my $children = read_text("/proc/$tool->{pid}/task/$tool->{pid}/children");
  return { pid => $tool->{pid}, pids => [ $tool->{pid}, split ' ', $children ], address => "127.0.0.1:$port" };
}

# The same pages from the node and from nginx, in turn.
sub against_nginx {
  my ($setting, $report, $node, $nginx, $targets, $what) = @_;
  my %common = (clients => 8, requests => $setting->{page_requests});
  my $files = "$setting->{scratch}/nginx/targets";
  write_text($files, join('', map { "/$_\n" } 0 .. $#$targets));
  my (@node, @nginx);
  for my $round (0 .. $setting->{rounds}) {
    my $before = cpu_seconds(@{ $nginx->{pids} });
    my $limit = run_tool("$setting->{scratch}/nginx/log", "$setting->{tools}/bench_load", 'get', '--address', $nginx->{address},
      '--targets', $files, map { ("--$_", $common{$_}) } keys %common);
    $limit->{server_cpu} = cpu_seconds(@{ $nginx->{pids} }) - $before;
    my $own = $node->ask('BENCH-W', $targets, %common);
    die "bench: nginx sent other bytes than the node\n" if $own->{bytes} != $limit->{bytes};
    next if $round == 0 && !$setting->{quick};   # the first warms both
    push @nginx, $limit;
    push @node, $own;
  }
  my $ratio = median(map { $node[$_]{rate} / $nginx[$_]{rate} } 0 .. $#node);
  my $p95 = median(map { $_->{p95_us} } @node);
  my ($cpu, $limit_cpu) = map { my $runs = $_; median(map { 1e6 * $_->{server_cpu} / $_->{requests} } @$runs) } \@node, \@nginx;
  $report->add(
    figure => "TAXII page of 1,000 objects, 8 clients, $what",
    measured => sprintf('%s pages/s, p95 %s', thousands(median(map { $_->{rate} } @node)), ms($p95)),
    limit => sprintf('nginx, a file of the same bytes: %s/s, p95 %s', thousands(median(map { $_->{rate} } @nginx)), ms(median(map { $_->{p95_us} } @nginx))),
    ratio => sprintf('%.2f', $ratio), reach => 'at least 0.8, p95 under 5 ms', met => $ratio >= 0.8 && $p95 < 5000 ? 1 : 0,
    cpu => us($cpu) . ' a page (' . sprintf('%.3f us', $cpu / 1000) . ' an object); nginx ' . us($limit_cpu));
}

# Row 3.
sub pages {
  my ($setting, $report) = @_;
  if (!$setting->{nginx}) {
    $report->add(figure => 'TAXII page of 1,000 objects, 8 clients', measured => 'skipped: no nginx');
    return;
  }
  my $node = Node->make($setting, 'pages')->start;
  $node->ingest(count => $setting->{page_objects});
  my ($targets, $objects) = $node->walk('BENCH-W', $node->objects_path, 'limit=1000', 100);
  die "bench: $objects objects on " . @$targets . " pages\n" if $objects != min($setting->{page_objects}, 100_000);
  my $root = "$setting->{scratch}/pages.files";
  mkdir($root);
  write_text("$root/$_", $node->page('BENCH-W', $targets->[$_])) for 0 .. $#$targets;
  my $nginx = start_nginx($setting, $root);
  say_now('page: one page, then many, in turn with nginx');
  against_nginx($setting, $report, $node, $nginx, [ $targets->[0] ], 'the same page');
  against_nginx($setting, $report, $node, $nginx, $targets, scalar(@$targets) . ' pages in turn');
  stop_server({ %$nginx, log => "$setting->{scratch}/nginx/log" });
  $node->remove;
}

# Row 4: the reader's pages in the large store and in one that holds nothing else.
sub narrow_world {
  my ($setting, $report, $large) = @_;
  my $alone = Node->make($setting, 'alone')->start;
  my $visible = $setting->{large_objects} / $setting->{clear_every};
  $alone->ingest(count => $visible, 'clear-every' => $setting->{clear_every}, only => 'clear');
  my $limit = $setting->{quick} ? 10 : 100;
  my $reader = 'one in ' . thousands($setting->{clear_every}) . ' visible at ' . thousands($setting->{large_objects});
  for my $filter ('', '&match[type]=indicator') {
    my $query = path_of("limit=$limit$filter");
    my $what = "TAXII page of $limit" . ($filter ? ' with match[type]' : '') . ", $reader";
    say_now("world: $what");
    my %targets;
    for my $store ($large, $alone) {
      my ($targets, $objects) = $store->walk('BENCH-R', $store->objects_path, $query, 1_000);
      die "bench: the reader sees $objects objects, not $visible\n" if !$filter && $objects != $visible;
      $targets{$store} = [ $targets, $objects ];
    }
    die "bench: the two worlds differ\n" if $targets{$large}[1] != $targets{$alone}[1];
    my %runs;
    for my $round (0 .. $setting->{rounds}) {
      for my $store ($alone, $large) {
        my $out = $store->ask('BENCH-R', $targets{$store}[0], clients => 1, order => 'mixed', requests => $setting->{world_requests});
        push @{ $runs{$store} }, $out if $round > 0 || $setting->{quick};
      }
    }
    my ($p95, $p95_alone) = map { my $store = $_; median(map { $_->{p95_us} } @{ $runs{$store} }) } $large, $alone;
    my ($cpu, $cpu_alone) = map { my $store = $_; median(map { 1e6 * $_->{server_cpu} / $_->{requests} } @{ $runs{$store} }) } $large, $alone;
    my $ratio = median(map { $runs{$large}[$_]{p50_us} / $runs{$alone}[$_]{p50_us} } 0 .. $#{ $runs{$large} });
    $report->add(
      figure => "$what, warm",
      measured => sprintf('p50 %s, p95 %s', map { my $p = $_; us(median(map { $_->{$p} } @{ $runs{$large} })) } qw(p50_us p95_us)),
      limit => sprintf('alone in the store: p50 %s, p95 %s', us(median(map { $_->{p50_us} } @{ $runs{$alone} })), us($p95_alone)),
      ratio => sprintf('%.2f', $ratio), reach => 'within 1.2, p95 under 2 ms', met => $ratio <= 1.2 && $p95 < 2000 ? 1 : 0,
      cpu => us($cpu) . ' a page; alone ' . us($cpu_alone));
    cold($setting, $report, $large, $targets{$large}[0], $what);
  }
  $alone->remove;
}

# Each page once, after a restart with an empty page cache. Other readers of the machine's disk suffer from this, too.
sub cold {
  my ($setting, $report, $large, $targets, $what) = @_;
  return if $setting->{quick};
  my @runs;
  for my $round (1 .. $setting->{rounds}) {
    $large->stop;
    if (!$setting->{drop_caches} || !drop_caches()) {
      $large->start;
      $report->add(figure => "$what, cold", measured => 'skipped: needs root and leave to empty the page cache');
      return;
    }
    $large->start;
    $large->page('BENCH-R', '/taxii2/');
    push @runs, $large->ask('BENCH-R', $targets, clients => 1, order => 'mixed', requests => scalar @$targets);
  }
  my $p95 = median(map { $_->{p95_us} } @runs);
  $report->add(
    figure => "$what, cold",
    measured => sprintf('p50 %s, p95 %s, slowest %s', ms(median(map { $_->{p50_us} } @runs)), ms($p95), ms(max(map { $_->{max_us} } @runs))),
    reach => 'p95 under 10 ms', met => $p95 < 10_000 ? 1 : 0,
    cpu => us(median(map { 1e6 * $_->{server_cpu} / $_->{requests} } @runs)) . ' a page');
}

# Row 5: what asks for one object, or for a hundred manifest entries at a random place.
sub lookups {
  my ($setting, $report, $large) = @_;
  my @ids = split /\n/, command_output($large->{log}, [0], "$setting->{tools}/bench_generate", 'ids', '--count', $setting->{lookups},
    '--of', $setting->{large_objects}, '--clear-every', $setting->{clear_every});
  my ($objects, $manifest) = ($large->objects_path, $large->manifest_path);
  my @dates;
  for my $id (@ids[ 0 .. min($#ids, 199) ]) {
    my $entry = $large->page('BENCH-W', path_of("$manifest?match[id]=$id"));
    die "bench: $id is not there\n" unless $entry =~ /"date_added":"([^"]+)"/;
    push @dates, $1;
  }
  my $of_ten = "$setting->{scratch}/statuses.small";
  $large->ingest(count => 500, first => $setting->{large_objects}, envelope => 10, 'clear-every' => $setting->{clear_every},
    statuses => $of_ten);
  my ($small, $whole) = map { [ map { "/taxii2/entente/status/$_/" } split /\n/, read_text($_) ] } $of_ten, "$setting->{scratch}/statuses";
  my @kinds = (
    [ 'match[id]', [ map { path_of("$objects?match[id]=$_") } @ids ] ],
    [ 'manifest, 100 entries from a random place', [ map { path_of("$manifest?limit=100&added_after=$_") } @dates ] ],
    [ 'versions of one object', [ map { "$objects$_/versions/" } @ids ] ],
    [ 'status of a POST of 10', $small ],
    [ 'status of a POST of 1,000', $whole ],
  );
  for my $kind (@kinds) {
    my ($what, $targets) = @$kind;
    say_now("lookup: $what");
    my @runs;
    for my $round (0 .. $setting->{rounds}) {
      my $out = $large->ask('BENCH-W', $targets, clients => 1, requests => $setting->{lookup_requests});
      push @runs, $out if $round > 0 || $setting->{quick};
    }
    my $p95 = median(map { $_->{p95_us} } @runs);
    $report->add(
      figure => "$what, at " . thousands($setting->{large_objects}),
      measured => sprintf('p50 %s, p95 %s, p99 %s', us(median(map { $_->{p50_us} } @runs)), us($p95), us(median(map { $_->{p99_us} } @runs))),
      reach => 'p95 under 1 ms', met => $p95 < 1000 ? 1 : 0,
      cpu => us(median(map { 1e6 * $_->{server_cpu} / $_->{requests} } @runs)) . ' a request');
  }
}

sub megabytes { return sprintf('%.1f MB', $_[0] / 1024); }

sub add_memory {
  my ($report, $figure, $kb, $rest, $max_mb) = @_;
  $report->add(figure => $figure,
    measured => megabytes($kb->{RssAnon}) . ' anonymous; ' . megabytes($kb->{RssFile}) . " of mapped files$rest",
    reach => "under $max_mb MB, page cache aside", met => $kb->{RssAnon} < $max_mb * 1024 ? 1 : 0);
}

# Row 6.
sub memory {
  my ($setting, $report, $large) = @_;
  my $empty = Node->make($setting, 'empty')->start;
  settle($empty->pid);
  add_memory($report, 'memory, idle, empty store', memory_kb($empty->pid), '', 32);
  $empty->remove;

  my $size = thousands($setting->{large_objects}) . ' objects';
  $large->stop;
  $large->start;
  settle($large->pid);
  sleep($setting->{quick} ? 0 : 3);   # until it has given back what its start left
  add_memory($report, "memory, idle, $size", memory_kb($large->pid), '', 32);
  my ($pages) = $large->walk('BENCH-W', $large->objects_path, 'limit=1000', 20);
  my ($narrow) = $large->walk('BENCH-R', $large->objects_path, 'limit=100', 50);
  my @load = (
    start_tool($large->ingest_command(count => $setting->{load_objects}, seed => 2)),
    start_tool($large->ask_command('BENCH-W', $pages, clients => 8, requests => 2 * $setting->{page_requests})),
    start_tool($large->ask_command('BENCH-R', $narrow, clients => 8, requests => 4 * $setting->{world_requests})));
  my $peak = { RssAnon => 0, RssFile => 0 };
  my @waiting = @load;
  while (@waiting) {
    my $now = memory_kb($large->pid);
    $peak = $now if $now->{RssAnon} > $peak->{RssAnon};
    sleep(0.05);
    @waiting = grep { !-e "/proc/$_->{pid}/status" || read_text("/proc/$_->{pid}/status") !~ /^State:\s+Z/m } @waiting;
  }
  finish_tool($_) for @load;
  add_memory($report, "memory, $size, under load", $peak, ' (most seen; 8 writers and 16 readers)', 400);
}

# Row 7. The last crash leaves a store of its own making: this comes last.
sub starts {
  my ($setting, $report, $large) = @_;
  my $size = thousands($setting->{large_objects}) . ' objects';
  my (@orderly, @killed, @stops);
  for my $round (1 .. $setting->{rounds}) {
    push @stops, $large->stop;
    $large->start;
    push @orderly, $large->{server}{ready_ms};
  }
  for my $round (1 .. $setting->{rounds}) {
    my $load = start_tool($large->ingest_command(count => $setting->{load_objects}, seed => 10 + $round));
    my $cpu = $large->cpu + ($setting->{quick} ? 0.02 : 1);
    my $end = time() + 20;
    sleep(0.005) while $large->cpu < $cpu && time() < $end;
    $large->crash;
    finish_tool($load, may_fail => 1);
    $large->start;
    push @killed, $large->{server}{ready_ms};
  }
  my ($start, $after_kill) = (median(@orderly), median(@killed));
  $report->add(figure => "start with $size, after SIGTERM",
    measured => sprintf('%.0f ms to the ready line (slowest %.0f); SIGTERM took %.0f ms', $start, max(@orderly), median(@stops)),
    reach => 'under 0.5 s', met => $start < 500 ? 1 : 0);
  $report->add(figure => "start with $size, after kill -9 under ingest",
    measured => sprintf('%.0f ms to the ready line (slowest %.0f)', $after_kill, max(@killed)),
    reach => 'under 1 s', met => $after_kill < 1000 ? 1 : 0);
}

1;
