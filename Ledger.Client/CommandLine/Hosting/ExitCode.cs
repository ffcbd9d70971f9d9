namespace Ledger.CommandLine.Hosting;

/// <summary>What the program returns to the shell.</summary>
public enum ExitCode
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>The ledger or a node refused.</summary>
    Refused = 1,

    /// <summary>The command, a file or a profile is wrong.</summary>
    WrongUse = 2,

    /// <summary>The node or store was not reached.</summary>
    Unreachable = 3,

    /// <summary>Something does not verify.</summary>
    NotVerified = 4,

    /// <summary>It is not decided yet: pending, unavailable, erased.</summary>
    Undecided = 5,

    /// <summary>The program has an error.</summary>
    Internal = 6,
}
