namespace Ledger.Client.Costs;

/// <summary>A price in a tariff's file, for one unit.</summary>
internal sealed record TariffPriceDocument(decimal Price, string Unit);
