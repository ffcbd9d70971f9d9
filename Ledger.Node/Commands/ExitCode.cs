namespace Ledger.Node.Commands;

/// <summary>Exit codes of the programs.</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>A rule refused it.</summary>
    public const int Refused = 1;

    /// <summary>Wrong use or configuration.</summary>
    public const int WrongUse = 2;

    /// <summary>Somebody could not be reached.</summary>
    public const int Unreachable = 3;

    /// <summary>Something does not verify.</summary>
    public const int NotVerified = 4;

    /// <summary>It cannot be told or done yet: for a node that runs, its disk is full.</summary>
    public const int Undecided = 5;

    /// <summary>An error of this program or its machine.</summary>
    public const int Internal = 6;
}
