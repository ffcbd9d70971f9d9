namespace Ledger.Workload;

/// <summary>The four founding schools and the learning-analytics centre that joins without a seat.</summary>
public static class Schools
{
    /// <summary>North University, whose learners take part in the demonstration.</summary>
    public static School North { get; } = new(0, "north", "North University", "north.example");

    /// <summary>South Academy.</summary>
    public static School South { get; } = new(1, "south", "South Academy", "south.example");

    /// <summary>East College.</summary>
    public static School East { get; } = new(2, "east", "East College", "east.example");

    /// <summary>West Institute.</summary>
    public static School West { get; } = new(3, "west", "West Institute", "west.example");

    /// <summary>Harbour Analytics: no seat, no students; learners grant it read access.</summary>
    public static School Harbour { get; } = new(4, "harbour", "Harbour Analytics", "harbour.example");

    /// <summary>The four schools that found the consortium and teach, at their own index.</summary>
    public static IReadOnlyList<School> Founding { get; } = [North, South, East, West];

    /// <summary>All five institutions, at their own index.</summary>
    public static IReadOnlyList<School> All { get; } = [North, South, East, West, Harbour];

    /// <summary>The one school of a student: students are dealt out in turn, so sizes differ by one at most.</summary>
    public static School OfStudent(int studentIndex) => Founding[studentIndex % Founding.Count];
}
