# Processes, their CPU and memory from /proc, a plain HTTP GET, and medians: what the figures are taken with.
#
# Every process started here is ended by stop_all, which bench/run calls on all its ways out.
package Machine;
use strict;
use warnings;
use Exporter 'import';
use IO::Socket::INET;
use List::Util qw(max min sum0);
use POSIX qw(:sys_wait_h);
use Time::HiRes qw(sleep time);

our @EXPORT = qw(say_now start_server stop_server kill_server stop_all run_tool start_tool finish_tool values_of
  command_output cpu_seconds memory_kb settle get_page median at_share write_text read_text drop_caches free_port);

my %running;                       # pid => what, of processes that were started here and not waited for
my $ticks = POSIX::sysconf(&POSIX::_SC_CLK_TCK);

sub say_now { print STDERR @_, "\n"; }

sub write_text {
  my ($path, $text) = @_;
  open(my $out, '>:raw', $path) or die "bench: $path: $!\n";
  print {$out} $text;
  close($out) or die "bench: $path: $!\n";
}

sub read_text {
  my ($path) = @_;
  open(my $in, '<:raw', $path) or die "bench: $path: $!\n";
  local $/;
  my $text = <$in>;
  return defined $text ? $text : '';
}

# Starts a command with its standard output on a pipe and its standard error in $log. Returns (pid, pipe).
sub start_process {
  my ($log, @command) = @_;
  pipe(my $from, my $to) or die "bench: pipe: $!\n";
  my $pid = fork();
  die "bench: fork: $!\n" unless defined $pid;
  if ($pid == 0) {
    close($from);
    open(STDIN, '<', '/dev/null');
    open(STDOUT, '>&', $to);
    open(STDERR, '>>', $log);
    exec { $command[0] } @command or POSIX::_exit(127);
  }
  close($to);
  $running{$pid} = $command[0];
  return ($pid, $from);
}

sub wait_for {
  my ($pid) = @_;
  waitpid($pid, 0);
  delete $running{$pid};
  return $?;
}

# A server that prints "ready http://ADDRESS": { pid, address, ready_ms, log }.
sub start_server {
  my ($log, @command) = @_;
  my $started = time();
  my ($pid, $from) = start_process($log, @command);
  while (my $line = <$from>) {
    next unless $line =~ m{^ready https?://(\S+?)/?$};
    return { pid => $pid, address => $1, ready_ms => 1000 * (time() - $started), log => $log, out => $from };
  }
  wait_for($pid);
  die "bench: @command did not get ready:\n" . read_text($log);
}

# SIGTERM, and the exit code must be 0 within ten seconds. Returns how many milliseconds it took.
sub stop_server {
  my ($server) = @_;
  my $began = time();
  kill('TERM', $server->{pid});
  while (waitpid($server->{pid}, WNOHANG) == 0) {
    die "bench: the server does not end after SIGTERM\n" if time() - $began > 10;
    sleep(0.005);
  }
  my $status = $?;
  delete $running{ $server->{pid} };
  die "bench: the server ended with status $status:\n" . read_text($server->{log}) if $status != 0;
  return 1000 * (time() - $began);
}

sub kill_server {
  my ($server) = @_;
  kill('KILL', $server->{pid});
  wait_for($server->{pid});
}

sub stop_all {
  for my $pid (keys %running) {
    kill('TERM', $pid);
  }
  for my $pid (keys %running) {
    for (1 .. 100) {
      last if waitpid($pid, WNOHANG) != 0;
      sleep(0.02);
    }
    kill('KILL', $pid);
    waitpid($pid, WNOHANG);
  }
  %running = ();
}

# "name=value name=value" as a hash.
sub values_of {
  my ($line) = @_;
  return { map { /^(\w+)=(.*)$/ ? ($1, $2) : () } split ' ', $line };
}

sub start_tool {
  my ($log, @command) = @_;
  my ($pid, $from) = start_process($log, @command);
  return { pid => $pid, from => $from, command => "@command", log => $log };
}

# Waits for a tool's end; what it printed as a hash. It must have succeeded, unless told that it may fail.
sub finish_tool {
  my ($tool, %options) = @_;
  my $from = $tool->{from};
  local $/;
  my $text = <$from>;
  my $status = wait_for($tool->{pid});
  return undef if $status != 0 && $options{may_fail};
  die "bench: $tool->{command} failed:\n" . substr(read_text($tool->{log}), -2000) if $status != 0;
  return values_of($text);
}

sub run_tool { return finish_tool(start_tool(@_)); }

# What a command prints; it must end with one of the given exit codes (0 if none is given).
sub command_output {
  my ($log, $codes, @command) = @_;
  my ($pid, $from) = start_process($log, @command);
  my $text = do { local $/; <$from> };
  my $code = wait_for($pid) >> 8;
  die "bench: @command ended with $code:\n" . substr(read_text($log), -2000) unless grep { $_ == $code } @$codes;
  return defined $text ? $text : '';
}

# User and system time of a process, all its threads, those that ended included.
sub cpu_seconds {
  my (@pids) = @_;
  my $total = 0;
  for my $pid (@pids) {
    my $stat = read_text("/proc/$pid/stat");
    $stat =~ s/^.*\) //s;
    my @fields = split ' ', $stat;
    $total += ($fields[11] + $fields[12]) / $ticks;
  }
  return $total;
}

# { RssAnon, RssFile, VmRSS, VmHWM } in KB. RssAnon is what is resident, page cache aside.
sub memory_kb {
  my ($pid) = @_;
  my %out;
  my $text = eval { read_text("/proc/$pid/status") } or return \%out;
  $out{$1} = $2 while $text =~ /^(Rss\w+|VmRSS|VmHWM):\s+(\d+) kB/mg;
  return \%out;
}

# Waits until a process has used next to no CPU for half a second: what it does in the background is done.
sub settle {
  my ($pid) = @_;
  my $end = time() + 120;
  while (time() < $end) {
    my $before = cpu_seconds($pid);
    sleep(0.5);
    return if cpu_seconds($pid) - $before <= 0.015;
  }
  die "bench: the server does not come to rest\n";
}

# (status, body) of a GET; dies on anything but 200 unless the caller takes the status.
sub get_page {
  my ($address, $target, $key) = @_;
  my $socket = IO::Socket::INET->new(PeerAddr => $address, Timeout => 10) or die "bench: $address: $!\n";
  binmode $socket;
  my $authorization = $key ? "Authorization: Bearer $key\r\n" : '';
  print {$socket} "GET $target HTTP/1.1\r\nHost: $address\r\nAccept: application/taxii+json;version=2.1\r\n"
    . "${authorization}Connection: close\r\n\r\n";
  my $answer = do { local $/; <$socket> };
  my ($head, $body) = split /\r\n\r\n/, defined $answer ? $answer : '', 2;
  my $status = $head && $head =~ m{^HTTP/1\.1 (\d+)} ? $1 : 0;
  die "bench: GET $target: status $status\n" . ($body // '') . "\n" if $status != 200;
  return $body;
}

sub at_share {
  my ($share, @values) = @_;
  my @sorted = sort { $a <=> $b } @values;
  return $sorted[min($#sorted, int($share * @sorted))];
}

sub median {
  my @sorted = sort { $a <=> $b } @_;
  my $half = int(@sorted / 2);
  return @sorted % 2 ? $sorted[$half] : ($sorted[$half - 1] + $sorted[$half]) / 2;
}

# Empties the page cache, so that the next read comes from the disk. False if this user may not.
sub drop_caches {
  system('sync');
  open(my $out, '>', '/proc/sys/vm/drop_caches') or return 0;
  print {$out} "3\n";
  return close($out);
}

sub free_port {
  my $socket = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1', LocalPort => 0) or die "bench: $!\n";
  return $socket->sockport();
}

1;
