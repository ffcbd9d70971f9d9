using System.Runtime.CompilerServices;
using System.Text;
using Ledger.Client.Costs;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Tests.Costs;

/// <summary>Prices of bytes and work units, and what they come to in a year.</summary>
public sealed class TariffTests
{
    private static readonly Usage Used = new() { Bytes = 3_000_000_000, WorkUnits = 7_000_000 };

    [TestCase("B", 3_000_000_000)]
    [TestCase("kB", 3_000_000)]
    [TestCase("MB", 3_000)]
    [TestCase("GB", 3)]
    [TestCase("TB", 0.003)]
    [TestCase("KiB", 2_929_687.5)]
    [TestCase("MiB", 2861.02294921875)]
    public void A_price_is_for_so_many_bytes(string unit, double amount) => Assert.That(
        Read($$$"""{"currency":"EUR","bytes":{"price":1,"unit":"{{{unit}}}"},"work":{"price":0,"unit":"unit"}}""")
            .Of(Used, Tariff.DaysOfYear, isInstitution: true).Bytes,
        Is.EqualTo((decimal)amount));

    [TestCase("unit", 7_000_000)]
    [TestCase("thousand", 7_000)]
    [TestCase("million", 7)]
    [TestCase("billion", 0.007)]
    public void A_price_is_for_so_many_work_units(string unit, double amount) => Assert.That(
        Read($$$"""{"currency":"EUR","bytes":{"price":0,"unit":"B"},"work":{"price":1,"unit":"{{{unit}}}"}}""")
            .Of(Used, Tariff.DaysOfYear, isInstitution: true).Work,
        Is.EqualTo((decimal)amount));

    [Test]
    public void Use_grows_with_the_year_and_the_nodes_and_the_base_does_not()
    {
        Tariff tariff = Read(
            """
            {"currency":"CHF","bytes":{"price":2,"unit":"GB"},"work":{"price":3,"unit":"million"},
             "base":{"price":5,"unit":"month"},"copies":4}
            """);

        YearlyCost cost = tariff.Of(Used, 73, isInstitution: true);

        Assert.That(cost, Is.EqualTo(new YearlyCost(3 * 2 * 4 * 5, 7 * 3 * 4 * 5, 60)));
        Assert.That(cost.Total, Is.EqualTo(120 + 420 + 60));
        Assert.That(tariff.Of(Used, 73, isInstitution: false).Base, Is.Zero);
        Assert.Throws<ArgumentOutOfRangeException>(() => tariff.Of(Used, 0, isInstitution: true));
    }

    [Test]
    public void The_example_of_the_documents_is_a_tariff()
    {
        Tariff tariff = Tariff.Parse(File.ReadAllBytes(ExamplePath()));

        Assert.That(tariff.Currency, Is.EqualTo("EUR"));
        Assert.That(tariff.PerByte, Is.EqualTo(0.25e-9m));
        Assert.That(tariff.PerWorkUnit, Is.EqualTo(0.04e-6m));
        Assert.That(tariff.BasePerYear, Is.EqualTo(180));
        Assert.That(tariff.Copies, Is.EqualTo(4));
    }

    [TestCase("", "$")]
    [TestCase("null", "bytes and work")]
    [TestCase("""{"currency":"","bytes":{"price":1,"unit":"B"},"work":{"price":1,"unit":"unit"}}""", "currency")]
    [TestCase("""{"currency":"EUR","bytes":{"price":1,"unit":"gb"},"work":{"price":1,"unit":"unit"}}""", "bytes.unit")]
    [TestCase("""{"currency":"EUR","bytes":{"price":1,"unit":"B"},"work":{"price":1,"unit":"B"}}""", "million")]
    [TestCase("""{"currency":"E","bytes":{"price":"x","unit":"B"},"work":{"price":1,"unit":"unit"}}""", "bytes.price")]
    [TestCase(
        """{"currency":"EUR","bytes":{"price":1,"unit":"B"},"work":{"price":1,"unit":"unit"},"copies":0}""", "copies")]
    [TestCase(
        """{"currency":"EUR","bytes":{"price":1,"unit":"B"},"work":{"price":1,"unit":"unit"},"tax":7}""", "tax")]
    public void What_is_wrong_is_named(string json, string word) => Assert.That(
        Assert.Throws<FormatException>(() => Read(json))!.Message,
        Does.StartWith("This is no tariff").And.Contain(word));

    private static Tariff Read(string json) => Tariff.Parse(Encoding.UTF8.GetBytes(json));

    private static string ExamplePath([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "examples", "tariff.json");
}
