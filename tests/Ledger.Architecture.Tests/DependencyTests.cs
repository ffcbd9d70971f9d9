using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ledger.Node.Hosting;

namespace Ledger.Architecture.Tests;

/// <summary>Which way things point: Consensus, then Contracts, then Client, then Node; never back.</summary>
public sealed partial class DependencyTests
{
    /// <summary>
    /// What each project may reference directly, of ours. What is not named here, or tests, has no rule.
    /// </summary>
    private static readonly SortedDictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Ledger.Consensus"] = [],
        ["Ledger.Contracts"] = ["Ledger.Consensus"],
        ["Ledger.Client"] = ["Ledger.Contracts"],
        ["Ledger.CommandLine"] = ["Ledger.Client"],
        ["Ledger.Node"] = ["Ledger.Client"],
    };

    /// <summary>From the bottom up: the assembly of each may use those before it.</summary>
    private static readonly string[] Layers = ["Ledger.Consensus", "Ledger.Contracts", "Ledger.Client", "ledger-node"];

    [Test]
    public void A_project_references_only_the_one_below_it()
    {
        foreach ((string project, string[] below) in Allowed)
        {
            string file = Repository.With($"/{project}.csproj").Single();
            Assert.That(ProjectsOf(file), Is.EqualTo(below), file);
        }
    }

    [Test]
    public void An_assembly_uses_only_those_below_it()
    {
        Assembly node = typeof(NodeRuntime).Assembly;
        for (int place = 0; place < Layers.Length; place++)
        {
            Assembly assembly = Layers[place] == "ledger-node" ? node : Assembly.Load(Layers[place]);
            string[] above = Layers[place..];
            IEnumerable<string?> used = assembly.GetReferencedAssemblies().Select(reference => reference.Name);
            Assert.That(used.Intersect(above, StringComparer.Ordinal), Is.Empty, Layers[place]);
        }
    }

    [Test]
    public void Bindings_know_nothing_of_the_ledger()
    {
        string[] names = [.. Repository.With(".csproj", "bindings/").Select(ProjectName)];
        foreach (string file in Repository.With(".csproj", "bindings/"))
        {
            Assert.That(ProjectsOf(file), Is.SubsetOf(names), file);
            Assembly assembly = Assembly.Load(ProjectName(file));
            IEnumerable<string> ours = assembly.GetReferencedAssemblies()
                .Select(reference => reference.Name!)
                .Where(name => name.StartsWith("Ledger.", StringComparison.Ordinal) || name == "ledger-node");
            Assert.That(ours, Is.Empty, file);
        }

        Findings.AreNone(Named("bindings/", OursPattern()));
    }

    [Test]
    public void Contracts_name_nothing_of_consensus_but_its_primitives() =>
        Findings.AreNone(Named("Ledger.Contracts/", FromContracts()));

    [Test]
    public void Consensus_names_no_contract() => Findings.AreNone(Named("Ledger.Consensus/", FromConsensus()));

    [Test]
    public void The_client_names_no_server() => Findings.AreNone(Named("Ledger.Client/", FromClient()));

    [Test]
    public void Every_project_is_in_the_solution()
    {
        string solution = Repository.Text("LearningLedger.sln").Replace('\\', '/');
        IEnumerable<string> missing = Repository.With(".csproj")
            .Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal));
        Findings.AreNone(missing);
    }

    private static IEnumerable<string> Named(string folder, Regex pattern) =>
        Repository.Sources(folder).SelectMany(source => source.Matches(pattern));

    private static string[] ProjectsOf(string file) =>
    [
        .. XDocument.Parse(Repository.Text(file)).Descendants("ProjectReference")
            .Select(reference => ProjectName(reference.Attribute("Include")!.Value)),
    ];

    private static string ProjectName(string path) => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));

    [GeneratedRegex(@"\bLedger\.\w+")]
    private static partial Regex OursPattern();

    [GeneratedRegex(@"\bLedger\.(Consensus|Client|Node)\b")]
    private static partial Regex FromContracts();

    [GeneratedRegex(@"\bLedger\.(Contracts|Client|Node)\b")]
    private static partial Regex FromConsensus();

    [GeneratedRegex(@"\bLedger\.Node\b")]
    private static partial Regex FromClient();
}
