namespace Ledger.Contracts.Execution;

/// <summary>
/// What an operation had the ledger do. Each value of the state counts once, however often the operation comes back to
/// it, so that what is counted is the operation's and not the program's. Rule K-16 of the protocol.
/// </summary>
public readonly record struct OperationWork
{
    /// <summary>Bytes of the signed transaction that the operation accounts for.</summary>
    public required ulong Bytes { get; init; }

    /// <summary>Signatures that every node checked: the transaction's and those inside its calls.</summary>
    public required ulong Signatures { get; init; }

    /// <summary>Keys looked up, absent ones too.</summary>
    public required ulong Reads { get; init; }

    /// <summary>Bytes of the values read.</summary>
    public required ulong ReadBytes { get; init; }

    /// <summary>Keys set.</summary>
    public required ulong Writes { get; init; }

    /// <summary>Bytes of the keys set and of their values.</summary>
    public required ulong WrittenBytes { get; init; }

    /// <summary>Records sought by their locator, each of which is one that is appended or refused.</summary>
    public required ulong Records { get; init; }

    /// <summary>The units of it: <see cref="WorkUnits"/>.</summary>
    public ulong Units => checked(
        WorkUnits.Operation
        + (WorkUnits.Signature * Signatures)
        + (WorkUnits.Read * Reads)
        + (WorkUnits.Write * Writes)
        + (WorkUnits.Record * Records)
        + ((Bytes + ReadBytes + WrittenBytes + WorkUnits.BytesOfUnit - 1) / WorkUnits.BytesOfUnit));
}
