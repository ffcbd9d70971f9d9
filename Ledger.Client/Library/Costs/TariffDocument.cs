namespace Ledger.Client.Costs;

/// <summary>The JSON of a tariff's file; what may be left out is null.</summary>
internal sealed record TariffDocument(
    string Currency,
    TariffPriceDocument Bytes,
    TariffPriceDocument Work,
    TariffPriceDocument? Base = null,
    int? Copies = null);
