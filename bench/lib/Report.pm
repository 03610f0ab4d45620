# The table of figures: printed, and kept in bench/RESULTS.md. A run of a few figures rewrites their lines and leaves the
# others, so each line says when and at which commit it was taken.
package Report;
use strict;
use warnings;
use Machine;

my @columns = ('figure', 'measured', 'limit, same run', 'ratio', 'reach', 'CPU', 'taken');

sub new {
  my ($class, $taken, %options) = @_;
  return bless { taken => $taken, rows => [], judges => $options{judges} }, $class;
}

# add(figure => ..., measured => ..., limit => ..., ratio => ..., reach => ..., met => 0|1|undef, cpu => ...)
sub add {
  my ($self, %row) = @_;
  $row{$_} //= '-' for qw(measured limit ratio reach cpu);
  $row{reach} .= $row{met} ? ' (met)' : ' (missed)' if defined $row{met} && $self->{judges};
  my @cells = (@row{qw(figure measured limit ratio reach cpu)}, $self->{taken});
  s/\|/\//g for @cells;
  push @{ $self->{rows} }, \@cells;
  say_now('  ', join(' | ', @cells[ 0 .. 5 ]));
}

sub table {
  my (@rows) = @_;
  return join('', map { '| ' . join(' | ', @$_) . " |\n" } \@columns, [ map { '---' } @columns ], @rows);
}

# True if some line is about a figure that begins so.
sub has { my ($self, $begin) = @_; return grep { index($_->[0], $begin) == 0 } @{ $self->{rows} }; }

sub print_all { my ($self) = @_; print table(@{ $self->{rows} }); }

# Writes the file: $head above the table, and of an earlier table the lines that this run did not take again.
sub write_file {
  my ($self, $path, $head, $order) = @_;
  my %lines;
  my $sections = '';
  if (-e $path) {
    (my $text = read_text($path)) =~ s/^(## .*)//ms and $sections = "\n$1";
    for my $line (split /\n/, $text) {
      my @cells = $line =~ /^\| (.*) \|$/ ? split(/ \| /, $1) : ();
      $lines{ $cells[0] } = \@cells if @cells == @columns && $cells[0] !~ /^(?:figure|---)$/;
    }
  }
  $lines{ $_->[0] } = $_ for @{ $self->{rows} };
  my $place = sub {
    my ($figure) = @_;
    for my $i (0 .. $#$order) { return $i if index($figure, $order->[$i]) == 0; }
    return scalar @$order;
  };
  my @rows = map { $lines{$_} } sort { $place->($a) <=> $place->($b) || $a cmp $b } keys %lines;
  write_text($path, $head . "\n" . table(@rows) . $sections);
}

1;
