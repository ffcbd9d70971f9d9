namespace Ledger.Simulator.Command;

/// <summary>A broken promise, and how to see it again.</summary>
public sealed record FailureRecord
{
    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How many identities it had.</summary>
    public required int Nodes { get; init; }

    /// <summary>The commit of the sources.</summary>
    public required string Commit { get; init; }

    /// <summary>The checker that found it.</summary>
    public required string Checker { get; init; }

    /// <summary>What it says.</summary>
    public required string Message { get; init; }

    /// <summary>The command that shows it line by line.</summary>
    public required string Replay { get; init; }

    /// <summary>Whether it is one of liveness; all others are of safety.</summary>
    public bool IsLiveness() => Checker == "liveness";
}
