using Ledger.Client.Nodes;
using Ledger.Client.Profiles;

namespace Ledger.Client.Tests.Profiles;

public sealed class ProfileStoreTests
{
    private static readonly string Pin = new('a', 64);

    private DirectoryInfo folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("ledger-profiles-");

    [TearDown]
    public void RemoveFolder() => folder.Delete(recursive: true);

    [Test]
    public void Profile_that_is_saved_and_used_is_the_current_one()
    {
        ProfileStore store = new(folder.FullName);
        Assert.That(store.Current, Is.Null);
        Assert.That(store.List(), Is.Empty);
        Profile profile = new()
        {
            Node = "https://localhost:7001", TlsPin = Pin, ChainId = Pin, KeyFile = "keys/a.json",
        };

        store.Save("kyoto", profile, overwrite: false);
        store.Save("akita", profile, overwrite: false);
        store.Use("kyoto");

        Assert.That(store.List(), Is.EqualTo(new[] { "akita", "kyoto" }));
        Assert.That(store.Current, Is.EqualTo("kyoto"));
        Assert.That(store.Load("kyoto"), Is.EqualTo(profile));
        Assert.That(store.Resolve("keys/a.json"), Is.EqualTo(Path.Combine(folder.FullName, "keys", "a.json")));
        Assert.Throws<IOException>(() => store.Save("kyoto", profile, overwrite: false));
    }

    [Test]
    public void Profile_without_a_node_is_told()
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, "profiles"));
        File.WriteAllText(
            Path.Combine(folder.FullName, "profiles", "kyoto.json"), $$"""{"node":null,"chainId":"{{Pin}}"}""");

        Assert.Throws<ProfileException>(() => new ProfileStore(folder.FullName).Load("kyoto"));
    }

    [Test]
    public void Missing_profile_and_bad_names_are_told()
    {
        ProfileStore store = new(folder.FullName);

        Assert.Throws<ProfileException>(() => store.Use("absent"));
        Assert.Throws<ProfileException>(() => store.Load("../secret"));
        Assert.That(ProfileStore.IsName("a/b"), Is.False);
        Assert.That(ProfileStore.IsName(""), Is.False);
    }

    [Test]
    public void File_that_is_no_profile_is_told()
    {
        ProfileStore store = new(folder.FullName);
        Directory.CreateDirectory(Path.Combine(folder.FullName, "profiles"));
        File.WriteAllText(Path.Combine(folder.FullName, "profiles", "x.json"), """{"node":"https://a"}""");

        Assert.Throws<ProfileException>(() => store.Load("x"));
    }

    [TestCase("https://node.example:7001", true)]
    [TestCase("http://127.0.0.1:7001", true)]
    [TestCase("http://node.example:7001", false)]
    [TestCase("ftp://node.example", false)]
    [TestCase("node", false)]
    [TestCase("http://\u202e:7101", false)]
    public void Node_is_reached_over_TLS_or_on_this_machine(string text, bool accepted)
    {
        Assert.That(NodeEndpoint.TryParse(text, Pin, out _, out string problem), Is.EqualTo(accepted));
        Assert.That(problem.Length == 0, Is.EqualTo(accepted));
    }

    [Test]
    public void Pin_in_the_address_goes_before_the_profiles()
    {
        string other = new('b', 64);
        Assert.That(
            NodeEndpoint.TryParse($"https://n.example:1#sha256={other}", Pin, out NodeEndpoint? endpoint, out _),
                Is.True);
        Assert.That(endpoint!.TlsPin.ToString(), Is.EqualTo(other));
        Assert.That(endpoint.ToString(), Is.EqualTo($"https://n.example:1#sha256={other}"));
        Assert.That(NodeEndpoint.TryParse("https://n.example:1", null, out _, out _), Is.False, "no pin");
    }
}
