using System.Reflection;
using System.Text;
using Ledger.Primitives;

namespace Ledger.Architecture.Tests;

/// <summary>The domain tags (P-1): one each.</summary>
public sealed class TagTests
{
    private const string Prefix = "ledger/v1/";

    private delegate ReadOnlySpan<byte> Tag();

    [Test]
    public void No_two_kinds_share_a_tag()
    {
        string[] tags = [.. typeof(Tags).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(property => Encoding.UTF8.GetString(property.GetMethod!.CreateDelegate<Tag>()()))];
        Assert.That(tags, Is.Not.Empty.And.Unique);
        Assert.That(tags, Has.All.StartsWith(Prefix));
    }

    [Test]
    public void Tags_are_written_in_one_place()
    {
        IEnumerable<string> elsewhere = Repository.Sources(Repository.MainFolders)
            .Where(source => source.Path != "Ledger.Consensus/Primitives/Tags.cs")
            .SelectMany(source => Enumerable.Range(0, source.Lines.Length)
                .Where(line => source.Lines[line].Contains($"\"{Prefix}", StringComparison.Ordinal))
                .Select(source.At));
        Findings.AreNone(elsewhere);
    }
}
