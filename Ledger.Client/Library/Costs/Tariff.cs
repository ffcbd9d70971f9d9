using System.Text.Json;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Costs;

/// <summary>
/// What bytes and work units cost whoever runs nodes. The ledger counts and knows no prices: a tariff is a file of the
/// one who reckons. Its fields are in docs/command-line.md.
/// </summary>
/// <param name="Currency">In which currency, as the file names it.</param>
/// <param name="PerByte">For one byte of signed transactions, at one node.</param>
/// <param name="PerWorkUnit">For one work unit, at one node.</param>
/// <param name="BasePerYear">For an institution in a year, whatever it does.</param>
/// <param name="Copies">How many nodes store and execute everything.</param>
public sealed record Tariff(
    string Currency, decimal PerByte, decimal PerWorkUnit, decimal BasePerYear, int Copies)
{
    /// <summary>Longest file that is read.</summary>
    public const int FileBytesMax = 64 * 1024;

    /// <summary>Nodes that a tariff may name: as many as founders.</summary>
    public const int CopiesMax = 1024;

    /// <summary>A year, as it is reckoned here.</summary>
    public const int DaysOfYear = 365;

    private const decimal PriceMax = 1_000_000_000;
    private const int CurrencyLettersMax = 16;

    // What one of the smallest unit costs, for a price of one.
    private static readonly (string Name, decimal Factor)[] ByteUnits =
    [
        ("B", 1), ("kB", 1e-3m), ("MB", 1e-6m), ("GB", 1e-9m), ("TB", 1e-12m),
        ("KiB", 1m / 1024), ("MiB", 1m / (1024 * 1024)), ("GiB", 1m / (1024 * 1024 * 1024)),
    ];

    private static readonly (string Name, decimal Factor)[] WorkUnits =
        [("unit", 1), ("thousand", 1e-3m), ("million", 1e-6m), ("billion", 1e-9m)];

    private static readonly (string Name, decimal Factor)[] BaseUnits = [("year", 1), ("month", 12)];

    /// <summary>
    /// Reads a tariff's file; throws <see cref="FormatException"/> that says which field is wrong and what it may be.
    /// </summary>
    public static Tariff Parse(ReadOnlySpan<byte> json)
    {
        TariffDocument document = Deserialize(json);
        Require(
            document.Currency is { Length: > 0 and <= CurrencyLettersMax } currency && !currency.Any(char.IsControl),
            $"currency: 1 to {CurrencyLettersMax} letters, such as EUR");
        int copies = document.Copies ?? 1;
        Require(copies is >= 1 and <= CopiesMax, $"copies: a number of nodes, 1 to {CopiesMax}");
        return new Tariff(
            document.Currency,
            PriceOf("bytes", document.Bytes, ByteUnits),
            PriceOf("work", document.Work, WorkUnits),
            document.Base is null ? 0 : PriceOf("base", document.Base, BaseUnits),
            copies);
    }

    /// <summary>
    /// What totals of so many days cost in a year that goes on like them. The base is for institutions alone. Throws
    /// <see cref="OverflowException"/> where the prices are beyond all measure.
    /// </summary>
    public YearlyCost Of(Usage usage, decimal days, bool isInstitution)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        decimal yearly = Copies * (DaysOfYear / days);
        return new YearlyCost(
            usage.Bytes * PerByte * yearly,
            usage.WorkUnits * PerWorkUnit * yearly,
            isInstitution ? BasePerYear : 0);
    }

    private static TariffDocument Deserialize(ReadOnlySpan<byte> json)
    {
        Require(json.Length <= FileBytesMax, "the file is too long");
        try
        {
            TariffDocument? document = JsonSerializer.Deserialize(json, TariffJson.Default.TariffDocument);
            Require(document is { Bytes: not null, Work: not null }, "bytes and work: both must be there");
            return document!;
        }
        catch (JsonException problem)
        {
            throw Wrong($"{problem.Path ?? "$"}: {problem.Message}", problem);
        }
    }

    private static decimal PriceOf(string field, TariffPriceDocument price, (string Name, decimal Factor)[] units)
    {
        Require(price.Price is >= 0 and <= PriceMax, $"{field}.price: 0 to {PriceMax}");
        (string Name, decimal Factor) unit = Array.Find(units, one => one.Name == price.Unit);
        Require(unit.Name is not null, $"{field}.unit: one of {string.Join(", ", units.Select(one => one.Name))}");
        return price.Price * unit.Factor;
    }

    private static void Require(bool condition, string rule)
    {
        if (!condition)
        {
            throw Wrong(rule, inner: null);
        }
    }

    private static FormatException Wrong(string rule, Exception? inner) =>
        new($"This is no tariff. {rule}. See ledger cost in docs/command-line.md for an example.", inner);
}
