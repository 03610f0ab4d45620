# A node to measure: two parties and one collection that both may read. The writer's TLP:RED objects are hidden from the
# reader, though they lie in the same collection.
package Node;
use strict;
use warnings;
use File::Path qw(remove_tree);
use JSON::PP;
use Machine;

# make($setting, $name): a new data directory below the scratch one. $setting has entente, tools, scratch.
sub make {
  my ($class, $setting, $name) = @_;
  my $self = bless { %$setting, directory => "$setting->{scratch}/$name", log => "$setting->{scratch}/$name.log" }, $class;
  $self->command('init', '--data', $self->{directory}, '--json');
  for my $party ([ 'BENCH-W', 'Writer', 'contributor' ], [ 'BENCH-R', 'Reader', 'reader' ]) {
    my ($code, $name_of_party, $role) = @$party;
    my $made = $self->command('party', 'add', $code, '--name', $name_of_party, '--data', $self->{directory}, '--json');
    $self->{identity}{$code} = $made->{identity};
    $self->{key}{$code} = $self->command('key', 'new', $code, '--role', $role, '--data', $self->{directory}, '--json')->{key};
  }
  $self->{collection} = $self->command('collection', 'add', 'bench', '--read', 'BENCH-W', 'BENCH-R', '--write', 'BENCH-W',
    '--default', 'tlp:amber', '--data', $self->{directory}, '--json')->{id};
  # One party makes all the load here: what its quota would refuse is what is to be measured.
  open(my $settings, '>', "$self->{directory}/entente.toml") or die "entente.toml: $!\n";
  print {$settings} "[quotas]\nrequests_per_second = 0\nwrite_bytes_per_second = 0\n";
  close($settings) or die "entente.toml: $!\n";
  return $self;
}

# Runs entente and reads the JSON object that it prints.
sub command {
  my ($self, @words) = @_;
  return decode_json(command_output($self->{log}, [0], $self->{entente}, @words));
}

sub start {
  my ($self) = @_;
  $self->{server} = start_server($self->{log}, $self->{entente}, 'serve', '--data', $self->{directory}, '--listen', '127.0.0.1:0');
  return $self;
}
sub stop { my ($self) = @_; return stop_server(delete $self->{server}); }
sub crash { my ($self) = @_; kill_server(delete $self->{server}); }
sub remove { my ($self) = @_; $self->stop if $self->{server}; remove_tree($self->{directory}); }
sub pid { return $_[0]{server}{pid}; }
sub address { return $_[0]{server}{address}; }
sub cpu { return cpu_seconds($_[0]->pid); }
sub objects_path { return "/taxii2/entente/collections/$_[0]{collection}/objects/"; }
sub manifest_path { return "/taxii2/entente/collections/$_[0]{collection}/manifest/"; }

# The command line of a load of objects by the writer; %options are bench_load's.
sub ingest_command {
  my ($self, %options) = @_;
  my @creator = $self->{identity}{'BENCH-W'} ? (creator => $self->{identity}{'BENCH-W'}) : ();
  my %all = (address => $self->address, target => $self->objects_path, key => $self->{key}{'BENCH-W'}, @creator, %options);
  return ($self->{log}, "$self->{tools}/bench_load", 'ingest', map { ("--$_" => $all{$_}) } sort keys %all);
}

# Loads objects and waits for rest. What bench_load printed, and server_cpu in seconds.
sub ingest {
  my ($self, %options) = @_;
  my $before = $self->cpu;
  my $out = run_tool($self->ingest_command(%options));
  settle($self->pid);
  $out->{server_cpu} = $self->cpu - $before;
  return $out;
}

# Asks for targets (a list) as one party. What bench_load printed, and server_cpu in seconds.
sub ask {
  my ($self, $party, $targets, %options) = @_;
  my $before = $self->cpu;
  my $out = run_tool($self->ask_command($party, $targets, %options));
  $out->{server_cpu} = $self->cpu - $before;
  return $out;
}

my $asks = 0;
sub ask_command {
  my ($self, $party, $targets, %options) = @_;
  my $file = "$self->{directory}.targets." . $asks++;
  write_text($file, join('', map { "$_\n" } @$targets));
  my %all = (address => $self->address, key => $self->{key}{$party}, targets => $file, %options);
  return ($self->{log}, "$self->{tools}/bench_load", 'get', map { ("--$_" => $all{$_}) } sort keys %all);
}

sub page {
  my ($self, $party, $target) = @_;
  return get_page($self->address, $target, $self->{key}{$party});
}

# The targets of all pages (at most $pages_max) of one query, by following `next`; and how many objects are on them. Pages
# are not parsed, for they may be large: `next` stands before the list, and each object of ours has one spec_version.
sub walk {
  my ($self, $party, $path, $query, $pages_max) = @_;
  my ($next, @targets);
  my $objects = 0;
  while (@targets < $pages_max) {
    my $target = "$path?$query" . (defined $next ? "&next=$next" : '');
    my $answer = $self->page($party, $target);
    push @targets, $target;
    $objects++ while $answer =~ /"spec_version":"2.1"/g;
    last unless $answer =~ /^\{[^\[]*"next":"([^"]+)"/;
    $next = $1;
    $next =~ s/([^A-Za-z0-9._~-])/sprintf('%%%02X', ord($1))/ge;
  }
  return (\@targets, $objects);
}

1;
