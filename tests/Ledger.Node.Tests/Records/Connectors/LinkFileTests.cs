using System.Text;
using Ledger.Client.Keys;
using Ledger.Node.Commands;
using Ledger.Node.Configuration;
using Ledger.Node.Keys;
using Ledger.Node.Records.Connectors;
using Ledger.Node.Tests.Keys;

namespace Ledger.Node.Tests.Records.Connectors;

/// <summary>The file of links, the commands that change it, and where a link stands.</summary>
[NonParallelizable]
public sealed class LinkFileTests
{
    private string home = string.Empty;

    [SetUp]
    public void MakeNode()
    {
        home = Directory.CreateTempSubdirectory("links-").FullName;
        Write("password", MadeSecrets.PasswordText);
        Write("campus.secret", "the secret of campus");
        new NodeConfiguration
        {
            Home = home, Name = "North", Domain = "north.example", PeerListen = "127.0.0.1:1",
            ApiListen = "127.0.0.1:2", LrsListen = "127.0.0.1:3", PasswordFile = In("password"),
        }.Save();
        MadeSecrets.Write(In("secrets.json"), In("identity.key"));
    }

    [TearDown]
    public void RemoveNode() => Directory.Delete(home, recursive: true);

    [Test]
    public void A_link_is_added_with_its_secret_among_the_nodes_and_removed_with_it()
    {
        Assert.That(Add("https://lrs.north.example/xapi"), Is.EqualTo(ExitCode.Done));
        LinkSettings link = LinksFile.Load(In(LinksFile.FileName)).Single();
        string secret = SecretOf("campus");
        bool isInClear = Directory.GetFiles(home).Where(file => !file.EndsWith(".secret", StringComparison.Ordinal))
            .Any(file => File.ReadAllText(file).Contains("the secret", StringComparison.Ordinal));
        Assert.Multiple(() =>
        {
            Assert.That((link.Name, link.Kind, link.User), Is.EqualTo(("campus", LinkKind.PullXapi, "node")));
            Assert.That(secret, Is.EqualTo("the secret of campus"));
            Assert.That(isInClear, Is.False);
        });
        Assert.That(
            LinkCommands.Create().Parse(["remove", "--home", home, "--name", "campus"]).Invoke(),
            Is.EqualTo(ExitCode.Done));
        Assert.That(LinksFile.Load(In(LinksFile.FileName)), Is.Empty);
        Assert.Throws<KeyFileException>(() => SecretOf("campus"));
    }

    [TestCase("http://lrs.north.example/xapi")]
    [TestCase("lrs.north.example")]
    public void An_address_that_would_show_the_secret_is_wrong_use_and_changes_nothing(string address)
    {
        Assert.That(Add(address), Is.EqualTo(ExitCode.WrongUse));
        Assert.That(File.Exists(In(LinksFile.FileName)), Is.False);
    }

    [TestCase("""{"links":[null]}""")]
    [TestCase("""{"links":[{"name":"A","kind":"PullXapi","address":"https://a.example","user":"u"}]}""")]
    [TestCase("""{"links":[{"name":"a","kind":"Pull","address":"https://a.example","user":"u"}]}""")]
    [TestCase("""{"links":[{"name":"a","kind":"PullXapi","address":"https://a.example","user":"u","secret":"s"}]}""")]
    [TestCase("{}")]
    [TestCase("[")]
    public void A_file_that_is_no_list_of_links_is_refused(string json) =>
        Assert.Throws<ConfigurationException>(() => LinksFile.Parse(Encoding.UTF8.GetBytes(json)));

    [TestCase("99999999999 - - -")]
    [TestCase("1 - -")]
    [TestCase("- yesterday - -")]
    public void What_is_no_place_in_openlrws_events_is_refused(string text) =>
        Assert.Throws<FormatException>(() => OpenLrwCursor.Parse(text));

    private int Add(string address) => LinkCommands.Create().Parse(
    [
        "add", "--home", home, "--name", "campus", "--kind", "pull-xapi", "--address", address, "--user", "node",
        "--secret-file", In("campus.secret"),
    ]).Invoke();

    private string SecretOf(string link)
    {
        using Password password = Password.FromFile(In("password"));
        using NodeSecrets secrets = NodeSecrets.Open(In("secrets.json"), In("identity.key"), password);
        return secrets.LinkSecret(link);
    }

    private string In(string name) => Path.Combine(home, name);

    private void Write(string name, string text) =>
        AtomicFile.Write(In(name), Encoding.UTF8.GetBytes(text), overwrite: false);
}
