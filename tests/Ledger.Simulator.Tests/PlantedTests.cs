using System.Collections.Immutable;
using Ledger.Simulator.Planted;

namespace Ledger.Simulator.Tests;

/// <summary>
/// The planted bugs still fit the product. That each is caught is the run of <c>simulate --planted</c>, which builds a
/// copy of the consensus for each.
/// </summary>
public sealed class PlantedTests
{
    private static readonly string Root = PlantedCommand.FindRoot();

    private static IEnumerable<PlantedBug> Bugs => PlantedCommand.BugsOf(Root);

    [TestCaseSource(nameof(Bugs))]
    public void Each_applies_to_the_sources_as_they_are(PlantedBug bug)
    {
        string folder = Directory.CreateTempSubdirectory("ledger-planted-").FullName;
        try
        {
            new PlantedTree(Root, folder).CopySources(folder + "/sources");
            bug.Apply(folder + "/sources");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void There_are_at_least_24_numbers_and_one_of_each_kind_that_matters()
    {
        ImmutableArray<PlantedBug> bugs = PlantedCommand.BugsOf(Root);
        Assert.That(bugs.Select(bug => bug.Number).Distinct().Count(), Is.GreaterThanOrEqualTo(24));
        Assert.That(
            bugs.Select(bug => bug.Kind).Distinct(),
            Is.SupersetOf(new[]
            {
                "safety-rules", "view-change", "catch-up", "membership", "durability", "certificates",
            }));
    }
}
