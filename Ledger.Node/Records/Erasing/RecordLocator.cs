namespace Ledger.Node.Records;

/// <summary>What leads to a record of the store, as the ledger and a list of erasures have it.</summary>
/// <param name="KeyVersion">The version of the locator key.</param>
/// <param name="Id">The record's id under that key.</param>
public readonly record struct RecordLocator(uint KeyVersion, HashedId Id)
{
    /// <summary>Of a stored record.</summary>
    public static RecordLocator Of(StoredRecord record) => new(record.LocatorKeyVersion, record.HashedId);

    /// <summary>As the ledger has it.</summary>
    public static RecordLocator Of(Contracts.Protos.Locator locator) =>
        new(locator.KeyVersion, HashedId.Read(locator.HashedId.Span));
}
