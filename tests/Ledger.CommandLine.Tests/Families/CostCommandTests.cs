using System.Text.Json;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Tests.Nodes;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.CommandLine.Tests.Families;

/// <summary>What use of the ledger was counted, what is allowed, and what it costs.</summary>
public sealed class CostCommandTests
{
    private CommandBench bench = null!;

    private FakeLedger Ledger => bench.Ledger;

    private Usage North => Ledger.State.Usage(Ledger.Keys[0].Address);

    [SetUp]
    public async Task Start()
    {
        bench = await CommandBench.StartAsync();
        Ledger.Decide([Ledger.Keys[0]], Operations.PicCreate());
        Ledger.Decide([Ledger.Keys[1]], Operations.PicCreate());
    }

    [TearDown]
    public async Task Stop() => await bench.DisposeAsync();

    [Test]
    public async Task Usage_shows_the_totals_of_the_receipts_and_that_there_is_no_quota()
    {
        JsonElement usage = await bench.JsonAsync("north", "institution", "usage");

        Assert.That(usage.GetProperty("operations").GetUInt64(), Is.EqualTo(1));
        Assert.That(usage.GetProperty("bytes").GetUInt64(), Is.EqualTo(North.Bytes));
        Assert.That(usage.GetProperty("workUnits").GetUInt64(), Is.EqualTo(North.WorkUnits));
        Assert.That(usage.GetProperty("quotaADay").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(
            await bench.DoneAsync("north", "institution", "usage", "school1.example"),
            Does.Contain("set no quota").And.Contain(Ledger.Keys[1].Address.ToString()));
    }

    [Test]
    public async Task Usage_shows_what_is_left_of_a_quota_today()
    {
        ulong quota = North.DayWorkUnits + 1_000_000;
        Ledger.Decide([Ledger.Keys[0]], Operations.MeasurePropose(new Measure
        {
            Quota = new SetQuota { Institution = Ledger.Keys[0].Address.ToField(), DayWorkUnits = quota },
        }));
        Ledger.Decide([Ledger.Keys[1]], Operations.MeasureVote(1, approve: true));
        Ledger.Decide([Ledger.Keys[2]], Operations.MeasureVote(1, approve: true));

        JsonElement usage = await bench.JsonAsync("north", "institution", "usage", "me");

        Assert.That(usage.GetProperty("quotaADay").GetUInt64(), Is.EqualTo(quota));
        Assert.That(usage.GetProperty("leftToday").GetUInt64(), Is.EqualTo(quota - North.DayWorkUnits));
        Assert.That(usage.GetProperty("quotaSinceHeight").GetUInt64(), Is.EqualTo(Ledger.Height));
    }

    [Test]
    public async Task Cost_of_a_year_is_price_times_use_times_nodes_for_each_institution_and_the_learners()
    {
        string tariff = bench.Write(
            "tariff.json",
            """
            {"currency":"EUR","bytes":{"price":2,"unit":"B"},"work":{"price":3,"unit":"unit"},
             "base":{"price":10,"unit":"month"},"copies":4}
            """);

        JsonElement cost = await bench.JsonAsync("north", "cost", "--tariff", tariff, "--days", "365");
        JsonElement[] rows = [.. cost.GetProperty("costs").EnumerateArray()];

        Assert.That(cost.GetProperty("currency").GetString(), Is.EqualTo("EUR"));
        Assert.That(rows, Has.Length.EqualTo(5), "four schools, and the learners together");
        JsonElement north = rows.Single(row => row.GetProperty("address").GetString()
            == Ledger.Keys[0].Address.ToString());
        Assert.That(north.GetProperty("forBytes").GetDecimal(), Is.EqualTo(2m * 4 * North.Bytes));
        Assert.That(north.GetProperty("forWork").GetDecimal(), Is.EqualTo(3m * 4 * North.WorkUnits));
        Assert.That(north.GetProperty("base").GetDecimal(), Is.EqualTo(120));
        Assert.That(rows[^1].GetProperty("base").GetDecimal(), Is.Zero, "learners run no node");
        Assert.That(
            cost.GetProperty("aYear").GetDecimal(),
            Is.EqualTo(rows.Sum(static row => row.GetProperty("aYear").GetDecimal())));
    }

    [Test]
    public async Task Without_days_the_time_since_the_chain_began_counts()
    {
        string tariff = bench.Write(
            "tariff.json",
            """{"currency":"EUR","bytes":{"price":1,"unit":"B"},"work":{"price":0,"unit":"unit"}}""");

        string text = await bench.DoneAsync("north", "cost", "me", "--tariff", tariff);
        JsonElement cost = await bench.JsonAsync("north", "cost", "me", "--tariff", tariff);

        Assert.That(text, Does.Contain("School 0").And.Not.Contain("School 1"));
        Assert.That(cost.GetProperty("days").GetDecimal(), Is.EqualTo(10).Within(0.01));
        Assert.That(cost.GetProperty("aYear").GetDecimal(), Is.EqualTo(36.5m * North.Bytes).Within(1));
    }

    [TestCase("{}", "currency")]
    [TestCase("""{"currency":"EUR","bytes":{"price":1,"unit":"GB"}}""", "work")]
    [TestCase("""{"currency":"EUR","bytes":{"price":1,"unit":"stone"},"work":{"price":1,"unit":"unit"}}""", "GiB")]
    [TestCase("""{"currency":"EUR","bytes":{"price":-1,"unit":"B"},"work":{"price":1,"unit":"unit"}}""", "bytes.price")]
    [TestCase("""{"currency":"EUR","bytes":{"price":1,"unit":"B"},"work":{"unit":"unit"}}""", "price")]
    public async Task A_tariff_that_is_wrong_says_which_field_and_what_it_may_be(string json, string word)
    {
        CommandRun run = await bench.RunAsync("north", "cost", "--tariff", bench.Write("tariff.json", json));

        Assert.That(run.Code, Is.EqualTo(2), run.Output);
        Assert.That(run.Error, Does.Contain("This is no tariff").And.Contain(word).And.Contain("docs/command-line.md"));
    }

    [Test]
    public async Task Days_that_are_none_are_wrong_use()
    {
        string tariff = bench.Write(
            "tariff.json",
            """{"currency":"EUR","bytes":{"price":1,"unit":"B"},"work":{"price":0,"unit":"unit"}}""");

        Assert.That(
            (await bench.RunAsync("north", "cost", "--tariff", tariff, "--days", "0")).Error,
            Does.Contain("--days"));
    }
}
