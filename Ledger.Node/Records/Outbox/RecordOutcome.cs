namespace Ledger.Node.Records;

/// <summary>What the ledger did with one record of a batch: gave it a place, or refused it with a code.</summary>
public sealed record RecordOutcome
{
    private RecordOutcome(long sequence, LedgerPlace? place, string? refusalCode)
    {
        Sequence = sequence;
        Place = place;
        RefusalCode = refusalCode;
    }

    /// <summary>The record.</summary>
    public long Sequence { get; }

    /// <summary>Where it stands; null when it was refused.</summary>
    public LedgerPlace? Place { get; }

    /// <summary>The ledger's code; null when it was anchored.</summary>
    public string? RefusalCode { get; }

    /// <summary>It stands on the ledger.</summary>
    public static RecordOutcome Anchored(long sequence, LedgerPlace place) => new(sequence, place, null);

    /// <summary>It was refused, and sending it again would not help.</summary>
    public static RecordOutcome Refused(long sequence, string code) => new(sequence, null, code);
}
