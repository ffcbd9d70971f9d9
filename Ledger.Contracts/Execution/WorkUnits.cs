namespace Ledger.Contracts.Execution;

/// <summary>
/// The price list of work: about a microsecond a unit on the machine of docs/performance.md, with all that a validator
/// does besides executing. The numbers are part of the rules of a version and change with it only. Rule K-16.
/// </summary>
public static class WorkUnits
{
    /// <summary>Every operation: form, receipt and its place in the receipt tree.</summary>
    public const ulong Operation = 5;

    /// <summary>A signature: an Ed25519 check takes about 60 us.</summary>
    public const ulong Signature = 60;

    /// <summary>A look-up: a hashed key and a descent of the tree.</summary>
    public const ulong Read = 2;

    /// <summary>A value set: the path of the tree that is hashed anew, and a put in the store.</summary>
    public const ulong Write = 12;

    /// <summary>A record: a look-up in the index, a leaf, a node of the range, and a put in the store.</summary>
    public const ulong Record = 5;

    /// <summary>So many bytes, read, written or received, make one unit: hashing, copying, parsing.</summary>
    public const ulong BytesOfUnit = 128;
}
