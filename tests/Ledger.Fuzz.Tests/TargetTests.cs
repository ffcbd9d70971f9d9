namespace Ledger.Fuzz.Tests;

/// <summary>Each target meets a thousand inputs; the long run is <c>./ledger fuzz</c>.</summary>
public sealed class TargetTests
{
    private const long Inputs = 1_000;
    private const ulong Seed = 1;

    private static readonly IReadOnlyList<FuzzTarget> All = FuzzTargets.All();

    private static IEnumerable<string> Names => All.Select(static target => target.Name);

    [TestCaseSource(nameof(Names))]
    public void No_input_breaks_a_decoder(string name)
    {
        using HangWatch watch = new(static finding => Assert.Fail(finding.ToString()));
        TargetReport report = new FuzzRunner(
            Target(name), new FuzzOptions(Inputs, Seed, 0, TimeSpan.FromMinutes(1)), watch).Run();

        Assert.That(report.Findings, Is.Empty, string.Join('\n', report.Findings));
    }

    [TestCaseSource(nameof(Names))]
    public void The_samples_reach_the_decoder(string name)
    {
        using IFuzzSession session = Target(name).Open();

        Assert.That(Target(name).Samples.Count(session.Take), Is.GreaterThan(0));
    }

    [TestCaseSource(nameof(Names))]
    public void An_input_is_a_function_of_seed_and_index(string name)
    {
        InputGenerator first = new(Target(name), Seed);
        InputGenerator second = new(Target(name), Seed);
        for (long index = 40; index > 0; index--)
        {
            Assert.That(second.Make(index), Is.EqualTo(first.Make(index)));
        }
    }

    [Test]
    public void Names_are_distinct() => Assert.That(Names, Is.Unique);

    private static FuzzTarget Target(string name) => All.Single(target => target.Name == name);
}
