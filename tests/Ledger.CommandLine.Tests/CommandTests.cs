using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Contracts.Protos;

namespace Ledger.CommandLine.Tests;

public sealed class CommandTests
{
    private static readonly string Chain = new('a', 64);

    private string home = null!;

    [SetUp]
    public void MakeFolder()
    {
        home = Directory.CreateTempSubdirectory("ledger-cli-").FullName;
        File.WriteAllText(In("password"), "a password\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(In("password"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(home, recursive: true);

    [TestCase("nonsense")]
    [TestCase("node status --bogus")]
    [TestCase("verb")]
    [TestCase("verb show viewed")]
    [TestCase("verb show nosuchverb")]
    [TestCase("verb show 0xffffff")]
    [TestCase("node status")]
    [TestCase("profile use absent")]
    [TestCase("profile add x --node https://n.example:1 --chain-id 00")]
    [TestCase("verify absent.proof --genesis absent.bin")]
    [TestCase("key show absent.json")]
    [TestCase("access list")]
    [TestCase("tx submit absent.tx")]
    public async Task Wrong_use_ends_with_2_and_says_what_to_do(string line)
    {
        CommandRun run = await RunAsync(line);

        Assert.That(run.Code, Is.EqualTo(2), run.Error);
        Assert.That(run.Error, Does.StartWith("ledger: "));
        Assert.That(run.Error, Does.Not.Contain("   at "), "no stack trace");
        Assert.That(run.Output, Is.Empty);
    }

    [Test]
    public async Task Label_of_several_verbs_lists_them()
    {
        CommandRun run = await RunAsync("verb show viewed");

        Assert.That(run.Error, Does.Contain("0x34").And.Contain("0x48a"));
        Assert.That((await RunAsync("verb show 0x34")).Output, Does.Contain("viewed 0x34"));
        Assert.That((await RunAsync("verb show viewed 0x34")).Output, Does.Contain("action#Viewed"));
        Assert.That((await RunAsync("verb show passed")).Code, Is.Zero, "the label of the examples");
        Assert.That((await RunAsync("verb show 52")).Output, Does.Contain("action#Viewed"));
        Assert.That((await RunAsync("verb show 0")).Output, Does.Contain("action#Abandoned"));
        Assert.That((await RunAsync("verb show http://unknown.example/verb")).Code, Is.Zero);
    }

    [Test]
    public async Task Node_that_is_not_there_ends_with_3()
    {
        await AddProfileAsync(UnusedPort());

        CommandRun run = await RunAsync("node status");

        Assert.That(run.Code, Is.EqualTo(3), run.Error);
        Assert.That(run.Error, Does.Contain("cannot be reached"));
    }

    [Test]
    public async Task Record_store_that_is_not_there_ends_with_3()
    {
        await AddProfileAsync(UnusedPort());
        File.WriteAllText(In("statement.json"), "{}");

        CommandRun run = await CommandRun.OfAsync(
            home, "record", "add", In("statement.json"), "--lrs-user", "tool", "--lrs-password-file", In("password"));

        Assert.That(run.Code, Is.EqualTo(3), run.Error);
    }

    [Test]
    public async Task Cause_is_shown_only_when_asked_for()
    {
        await AddProfileAsync(UnusedPort());

        Assert.That((await RunAsync("node status --verbose")).Error, Does.Contain("   at "));
        Assert.That((await RunAsync("node status")).Error, Does.Not.Contain("   at "));
    }

    [Test]
    public async Task Errors_are_JSON_too_when_asked_for()
    {
        CommandRun run = await RunAsync("verb show viewed --json");

        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.That(json.RootElement.GetProperty("exitCode").GetInt32(), Is.EqualTo(2));
        Assert.That(json.RootElement.GetProperty("error").GetString(), Does.Contain("0x48a"));
    }

    [TestCase("verb list")]
    [TestCase("verb show 0x34")]
    [TestCase("profile list")]
    public async Task Json_of_a_command_parses(string line)
    {
        CommandRun run = await RunAsync(line + " --json");

        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.That(json.RootElement.GetProperty("exitCode").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task Key_is_made_shown_and_put_under_another_password()
    {
        CommandRun made = await CommandRun.OfAsync(
            home, "key", "new", In("k.json"), "--password-file", In("password"), "--json");
        using JsonDocument json = JsonDocument.Parse(made.Output);
        string address = json.RootElement.GetProperty("address").GetString()!;

        CommandRun shown = await CommandRun.OfAsync(home, "key", "show", In("k.json"));
        Assert.That(shown.Output, Does.Contain(address));

        AtomicFile.Write(In("next"), "another"u8, overwrite: false);
        CommandRun changed = await CommandRun.OfAsync(
            home, "key", "change-password", In("k.json"), "--password-file", In("password"), "--new-password-file",
                In("next"));
        Assert.That(changed.Code, Is.Zero, changed.Error);
        using Password next = Password.FromFile(In("next"));
        using SigningKey key = KeyFile.OpenSigningKey(In("k.json"), next);
        Assert.That(key.Address.ToString(), Is.EqualTo(address));

        CommandRun again =
            await CommandRun.OfAsync(home, "key", "new", In("k.json"), "--password-file", In("password"));
        Assert.That(again.Code, Is.EqualTo(2), "an existing key is never overwritten unasked");
    }

    [Test]
    public async Task Encryption_key_is_made_for_the_owner_of_the_profile()
    {
        await AddProfileAsync(UnusedPort());
        AtomicFile.Write(In("other"), "another"u8, overwrite: false);

        CommandRun made = await CommandRun.OfAsync(
            home, "key", "new", In("e.json"), "--kind", "encryption", "--password-file", In("other"));

        Assert.That(made.Code, Is.Zero, made.Error);
        Assert.That(
            SecretFile.ReadHeader(In("e.json")).Address, Is.EqualTo(SecretFile.ReadHeader(In("k.json")).Address));
    }

    [Test]
    public async Task Password_is_never_taken_from_the_command_line()
    {
        CommandRun run = await CommandRun.OfAsync(home, "key", "new", In("k.json"), "--password", "secret");
        Assert.That(run.Code, Is.EqualTo(2));

        CommandRun nobody = await CommandRun.OfAsync(home, "key", "new", In("k.json"));
        Assert.That(nobody.Code, Is.EqualTo(2));
        Assert.That(nobody.Error, Does.Contain("--password-file"));
    }

    [Test]
    public async Task Proof_that_is_none_ends_with_4()
    {
        using SigningKey identity = SigningKey.Create();
        using SigningKey vote = SigningKey.Create();
        Genesis genesis = new() { Version = 1, Name = "one", TimeUnixMs = 1 };
        genesis.Founders.Add(new Founder
        {
            Name = "School",
            Domain = "school.example",
            Kind = InstitutionKind.LearningProvider,
            IdentityKey = ByteString.CopyFrom(identity.PublicKey.ToArray()),
            VoteKey = ByteString.CopyFrom(vote.PublicKey.ToArray()),
            PeerEndpoint = "https://school.example:7000",
        });
        File.WriteAllBytes(In("genesis.bin"), genesis.ToByteArray());
        File.WriteAllText(In("x.proof"), "this is no proof");

        CommandRun run = await CommandRun.OfAsync(
            home, "verify", In("x.proof"), "--genesis", In("genesis.bin"), "--json");

        Assert.That(run.Code, Is.EqualTo(4), run.Error + run.Output);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.That(json.RootElement.GetProperty("verdict").GetString(), Is.EqualTo("fail"));
        Assert.That(json.RootElement.GetProperty("steps").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Text_of_strangers_cannot_steer_the_terminal()
    {
        Client.Profiles.ProfileStore store = new(home);
        store.Save(
            "x", new Client.Profiles.Profile { Node = "http://localhost:1", ChainId = "\u001b[2J" }, overwrite: false);

        CommandRun run = await RunAsync("profile show x");

        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Not.Contain("\u001b"));
    }

    private async Task AddProfileAsync(int port)
    {
        CommandRun key = await CommandRun.OfAsync(home, "key", "new", In("k.json"), "--password-file", In("password"));
        Assert.That(key.Code, Is.Zero, key.Error);
        string node = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        CommandRun added = await CommandRun.OfAsync(
            home, "profile", "add", "dev", "--node", node, "--chain-id", Chain, "--key-file", In("k.json"), "--lrs",
                node + "/xAPI",
            "--password-file", In("password"));
        Assert.That(added.Code, Is.Zero, added.Error);
        Assert.That((await RunAsync("profile use dev")).Code, Is.Zero);
    }

    private Task<CommandRun> RunAsync(string line) => CommandRun.OfAsync(home, line.Split(' '));

    private string In(string name) => Path.Combine(home, name);

    /// <summary>A port that was free a moment ago and that nobody listens on.</summary>
    private static int UnusedPort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
