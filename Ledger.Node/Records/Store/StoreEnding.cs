namespace Ledger.Node.Records;

/// <summary>How a transaction of the record store ended.</summary>
public enum StoreEnding
{
    /// <summary>Nothing of it is stored.</summary>
    Undone,

    /// <summary>It is stored.</summary>
    Kept,

    /// <summary>It was being committed when the database stopped answering: it may be stored.</summary>
    Unknown,
}
