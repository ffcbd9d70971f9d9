namespace Ledger.Simulator.Command;

/// <summary>Seeds that are done: from the first to before <paramref name="Next"/>.</summary>
public sealed record SeedRange(ulong From, ulong Next)
{
    /// <summary>Whether two ranges share a seed.</summary>
    public bool Overlaps(SeedRange other) => From < other.Next && other.From < Next;
}
