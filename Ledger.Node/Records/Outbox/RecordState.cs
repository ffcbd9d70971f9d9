namespace Ledger.Node.Records;

/// <summary>How far a record is on its way to the ledger.</summary>
public enum RecordState
{
    /// <summary>Stored, waiting in the outbox.</summary>
    Stored = 1,

    /// <summary>Part of a signed transaction that is kept and sent until it is settled.</summary>
    Submitted = 2,

    /// <summary>On the ledger.</summary>
    Anchored = 3,

    /// <summary>Refused by the ledger for good; the code tells why.</summary>
    Refused = 4,

    /// <summary>
    /// Content, salt and id are gone. What is left of the record is its number, its locator and its commitment.
    /// </summary>
    Erased = 5,
}
