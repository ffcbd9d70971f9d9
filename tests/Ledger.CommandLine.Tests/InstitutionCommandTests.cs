using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ledger.Client.Institutions;
using Ledger.Client.Keys;
using Ledger.Client.Profiles;
using Ledger.Primitives;

namespace Ledger.CommandLine.Tests;

/// <summary>Commands about institutions that need no node, or say what to do without one.</summary>
public sealed class InstitutionCommandTests
{
    private static readonly Hash256 Chain = TaggedHash.Of(Tags.Genesis, "commands"u8);

    private string home = null!;
    private SigningKey key = null!;

    [SetUp]
    public void MakeProfile()
    {
        home = Directory.CreateTempSubdirectory("ledger-cli-").FullName;
        AtomicFile.Write(In("password"), "a password"u8, overwrite: false);
        key = SigningKey.Create();
        using (Password password = Password.FromFile(In("password")))
        {
            KeyFile.Write(In("k.json"), key, key.Address, password, overwrite: false);
        }

        using TcpListener unused = new(IPAddress.Loopback, 0);
        unused.Start();
        int port = ((IPEndPoint)unused.LocalEndpoint).Port;
        unused.Stop();
        ProfileStore store = new(home);
        store.Save(
            "p",
            new Profile
            {
                Node = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
                ChainId = Chain.ToString(),
                KeyFile = In("k.json"),
                PasswordFile = In("password"),
            },
            overwrite: false);
        store.Use("p");
    }

    [TearDown]
    public void RemoveFolder()
    {
        key.Dispose();
        Directory.Delete(home, recursive: true);
    }

    [Test]
    public async Task A_domains_file_is_made_without_a_node_and_matches()
    {
        CommandRun run = await CommandRun.OfAsync(
            home, "institution", "publish-domain-file", "--domain", "akita-u.example", "--out", In("file.json"));

        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Contain("https://akita-u.example/.well-known/learning-ledger.json"));
        Assert.That(
            DomainFile.Judge(File.ReadAllBytes(In("file.json")), Chain, "akita-u.example", key.Address, key.PublicKey),
            Is.EqualTo(DomainVerdict.Matches));
    }

    [Test]
    public async Task Leaving_is_asked_for_twice()
    {
        CommandRun run = await CommandRun.OfAsync(home, "institution", "leave");

        Assert.That(run.Code, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("--yes"));
    }

    [Test]
    public async Task A_key_is_not_made_while_no_node_can_take_it()
    {
        CommandRun run = await CommandRun.OfAsync(
            home, "key", "rotate", In("next.json"), "--new-password-file", In("password"));

        Assert.That(run.Code, Is.EqualTo(3), run.Error);
        Assert.That(File.Exists(In("next.json")), Is.False);
    }

    [TestCase("measure", "vote", "1", "maybe")]
    [TestCase("measure", "propose", "expel", "north.example")]
    [TestCase("institution", "publish-endpoint", "fax", "https://a.example")]
    [TestCase("institution", "contact", "publish")]
    [TestCase("institution", "staff", "appoint", "--staff-key", "k.json", "--role", "king", "--joined", "2026-04-01")]
    [TestCase("learner", "testimonials", "check", "absent.json")]
    [TestCase("institution", "contact", "publish-key", "k.json")]
    public async Task Wrong_use_is_told(params string[] line)
    {
        string[] named = [.. line.Select(word => word == "k.json" ? In(word) : word)];
        CommandRun run = await CommandRun.OfAsync(home, named);

        Assert.That(run.Code, Is.EqualTo(2), run.Error);
        Assert.That(run.Error, Does.Not.Contain("   at "), "no stack trace");
    }

    private string In(string name) => Path.Combine(home, name);
}
