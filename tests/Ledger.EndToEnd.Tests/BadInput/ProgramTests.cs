using System.Net;
using System.Net.Sockets;
using Ledger.Client.Keys;
using Ledger.Devnet;
using Ledger.EndToEnd.Tests.Support;
using Ledger.Node.Commands;
using Ledger.Node.Configuration;
using Ledger.Node.Custody;
using Ledger.Node.Keys;
using Ledger.Node.Sealing;

namespace Ledger.EndToEnd.Tests.BadInput;

/// <summary>Wrong use of the node's commands: each is told what is wrong, and nothing is half-written.</summary>
public sealed class ProgramTests
{
    private TestFolder folder = null!;
    private LocalConsortium consortium = null!;
    private DevnetNode north = null!;

    [OneTimeSetUp]
    public async Task MakeNodes()
    {
        folder = new TestFolder("program");
        consortium = await LocalConsortium.CreateAsync(
            DevnetPlan.New(folder.File("consortium"), DevnetPlan.NodesMin, _ => IPAddress.Loopback));
        north = consortium.Plan.Nodes[0];
    }

    [OneTimeTearDown]
    public void Delete() => folder?.Dispose();

    [Test]
    public async Task A_port_in_use_is_named()
    {
        using Socket taken = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(IPEndPoint.Parse(north.Api));
        taken.Listen(1);

        (await ProgramRun.NodeAsync("run", "--home", north.Home)).Failed(
            ExitCode.WrongUse, north.Api, "in use", NodeConfiguration.FileName);
    }

    [Test]
    public async Task An_address_that_is_not_this_machines_is_named()
    {
        string home = CopyOfNorth(configuration => configuration with { PeerListen = "192.0.2.1:7101" });

        (await ProgramRun.NodeAsync("run", "--home", home)).Failed(
            ExitCode.WrongUse, "192.0.2.1:7101", "not one of this machine's");
    }

    [Test]
    public async Task A_wrong_password_opens_nothing()
    {
        string wrong = folder.File("wrong-password");
        await File.WriteAllTextAsync(wrong, "not the password\n");
        File.SetUnixFileMode(wrong, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        (await ProgramRun.NodeAsync("run", "--home", north.Home, "--password-file", wrong)).Failed(
            ExitCode.WrongUse, "password");
    }

    [Test]
    public async Task A_missing_password_file_is_named()
    {
        string missing = folder.File("no-such-password");

        (await ProgramRun.NodeAsync("run", "--home", north.Home, "--password-file", missing)).Failed(
            ExitCode.WrongUse, missing);
    }

    [Test]
    public async Task A_data_folder_that_cannot_be_written_is_named([Values("file", "/proc")] string where)
    {
        string data = Below(where);
        string home = CopyOfNorth(configuration => configuration with { Data = data });

        (await ProgramRun.NodeAsync("run", "--home", home)).Failed(ExitCode.Internal, data, "cannot be");
    }

    [Test]
    public async Task A_records_folder_that_cannot_be_written_is_named([Values("file", "/proc")] string where)
    {
        string records = Below(where);
        string home = CopyOfNorth(configuration => configuration with { Records = records });

        (await ProgramRun.NodeAsync("run", "--home", home)).Failed(ExitCode.Internal, records, "cannot be");
    }

    [Test]
    public async Task A_home_that_cannot_be_made_is_named([Values("file", "/proc")] string where)
    {
        string home = Below(where);

        (await InitAsync(home)).Failed(ExitCode.WrongUse, home);
    }

    [Test]
    public async Task Init_never_overwrites_a_node()
    {
        byte[] before = await File.ReadAllBytesAsync(Path.Combine(north.Home, "secrets.json"));

        (await InitAsync(north.Home)).Failed(ExitCode.WrongUse, north.Home, "already", "nothing was changed");

        Assert.That(await File.ReadAllBytesAsync(Path.Combine(north.Home, "secrets.json")), Is.EqualTo(before));
    }

    [Test]
    public async Task Running_before_joining_says_to_join()
    {
        string home = folder.File("fresh");
        (await InitAsync(home)).Done();

        (await ProgramRun.NodeAsync("run", "--home", home)).Failed(ExitCode.WrongUse, "join");
    }

    [Test]
    public async Task Running_where_there_is_no_node_says_to_make_one()
    {
        string home = folder.File("nowhere");

        (await ProgramRun.NodeAsync("run", "--home", home)).Failed(ExitCode.WrongUse, home, "init");
    }

    [Test]
    public async Task Joining_by_another_chain_id_changes_nothing()
    {
        string home = CopyOfNorth(configuration => configuration with { TrustedChainId = null });
        byte[] before = await File.ReadAllBytesAsync(Path.Combine(home, NodeConfiguration.FileName));

        (await JoinAsync(home, consortium.Plan.GenesisFile, new string('7', 64))).Failed(
            ExitCode.WrongUse, consortium.Plan.ChainId!, "Nothing was changed");

        Assert.That(await File.ReadAllBytesAsync(Path.Combine(home, NodeConfiguration.FileName)), Is.EqualTo(before));
    }

    [Test]
    public async Task Joining_by_no_chain_id_at_all_is_told() =>
        (await JoinAsync(north.Home, consortium.Plan.GenesisFile, "yes")).Failed(
            ExitCode.WrongUse, "64 hexadecimal digits");

    [Test]
    public async Task A_malformed_genesis_document_is_refused(
        [Values("text", "cut", "empty", "missing", "huge")] string kind)
    {
        byte[] good = await File.ReadAllBytesAsync(consortium.Plan.GenesisFile);
        string path = folder.File("genesis-" + kind);
        byte[]? bytes = kind switch
        {
            "text" => "no genesis"u8.ToArray(),
            "cut" => good[..^5],
            "empty" => [],
            "huge" => new byte[1024 * 1024],
            _ => null,
        };
        if (bytes is not null)
        {
            await File.WriteAllBytesAsync(path, bytes);
        }

        (await JoinAsync(north.Home, path, consortium.Plan.ChainId!)).Failed(ExitCode.WrongUse, "genesis");
    }

    [Test]
    public async Task A_genesis_document_that_was_replaced_after_joining_is_noticed()
    {
        string home = CopyOfNorth(configuration => configuration with { TrustedChainId = new string('7', 64) });

        (await ProgramRun.NodeAsync("run", "--home", home)).Failed(ExitCode.WrongUse, "was replaced");
    }

    [Test]
    public async Task Too_few_founders_found_nothing()
    {
        string output = folder.File("few.ledger");
        string card = Path.Combine(north.Home, "card.json");

        (await ProgramRun.NodeAsync("found", "--name", "Few", "--out", output, "--card", card))
            .Failed(ExitCode.WrongUse, "4");

        Assert.That(output, Does.Not.Exist);
    }

    [Test]
    public async Task A_card_that_is_none_is_named()
    {
        string card = folder.File("card.json");
        await File.WriteAllTextAsync(card, """{"name":"Nobody"}""");

        string[] cards = [.. consortium.Plan.Nodes.Skip(1).Select(node => Path.Combine(node.Home, "card.json")), card];
        string output = folder.File("none.ledger");

        (await ProgramRun.NodeAsync(["found", "--name", "Few", "--out", output, "--card", .. cards]))
            .Failed(ExitCode.WrongUse, card);

        Assert.That(output, Does.Not.Exist);
    }

    [Test]
    public async Task A_configuration_that_cannot_be_read_is_named()
    {
        string home = CopyOfNorth(configuration => configuration);
        await File.WriteAllTextAsync(Path.Combine(home, NodeConfiguration.FileName), """{"name":""");

        (await ProgramRun.NodeAsync("run", "--home", home)).Failed(ExitCode.WrongUse, NodeConfiguration.FileName);
    }

    [Test]
    public async Task Keys_of_records_that_are_lost_or_do_not_fit_are_named_and_a_copy_of_them_is_put_back()
    {
        string home = CopyOfNorth(configuration => configuration with { Records = "records" });
        string keys = Path.Combine(home, PersonKeys.FileName);
        string copy = folder.File("keys-copy.sqlite");
        using (Password password = Password.FromFile(north.PasswordFile))
        using (NodeSecrets secrets = NodeSecrets.Open(
            Path.Combine(home, "secrets.json"), Path.Combine(home, "identity.key"), password))
        using (RecordsKey secret = new(secrets.RecordsSecret))
        using (PersonKeys made = new(keys, secret))
        {
            Directory.CreateDirectory(Path.Combine(home, "records"));
            using CustodyStore custody = new(Path.Combine(home, "records", "custody.sqlite"), made);
        }

        (await ProgramRun.NodeAsync("keys", "backup", "--home", home, "--out", copy)).Done();
        (await ProgramRun.NodeAsync("keys", "backup", "--home", home, "--out", copy)).Failed(ExitCode.Internal, copy);
        (await KeysAsync("check", home, "--file", copy)).Done();

        File.Delete(keys);
        (await RunAsync(home)).Failed(ExitCode.WrongUse, "custody.sqlite", "keys restore", "Nothing was changed");
        (await KeysAsync("restore", home, "--from", copy)).Done();
        (await KeysAsync("check", home)).Done();

        File.Delete(keys);
        using (RecordsKey other = new(new byte[RecordsKey.Size]))
        {
            new PersonKeys(keys, other).Dispose();
        }

        (await RunAsync(home)).Failed(ExitCode.WrongUse, keys, "another secret");
        (await KeysAsync("check", home)).Failed(ExitCode.WrongUse, "another secret");
    }

    [Test]
    public async Task Secrets_of_an_earlier_version_beside_keys_are_an_older_copy()
    {
        string home = CopyOfNorth(configuration => configuration);
        string path = Path.Combine(home, "secrets.json");
        using Password password = Password.FromFile(north.PasswordFile);
        using (SecretBundle bundle = SecretFile.Open(path, password))
        {
            SecretFile.Write(
                path,
                bundle.Header,
                bundle.Names.Where(static name => name != "records-1")
                    .ToDictionary(static name => name, bundle.Get, StringComparer.Ordinal),
                password,
                overwrite: true);
        }

        byte[] before = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(Path.Combine(home, PersonKeys.FileName), []);

        (await RunAsync(home)).Failed(ExitCode.WrongUse, path, "older copy");

        Assert.That(await File.ReadAllBytesAsync(path), Is.EqualTo(before));
    }

    [Test]
    public async Task Missing_options_are_named()
    {
        ProgramRun run = await ProgramRun.NodeAsync("join", "--home", north.Home);

        run.Failed(ExitCode.WrongUse, "--genesis", "--chain-id");
    }

    [Test]
    public async Task Only_verbose_shows_where_it_happened()
    {
        string home = CopyOfNorth(configuration => configuration with { Data = Below("file") });

        ProgramRun run = await ProgramRun.NodeAsync("run", "--verbose", "--home", home);

        Assert.That(run.Errors, Does.Contain("   at "));
    }

    private Task<ProgramRun> RunAsync(string home) =>
        ProgramRun.NodeAsync("run", "--home", home, "--password-file", north.PasswordFile);

    private Task<ProgramRun> KeysAsync(string verb, string home, params string[] options) => ProgramRun.NodeAsync(
        ["keys", verb, "--home", home, "--password-file", north.PasswordFile, .. options]);

    private string Below(string where)
    {
        if (where == "/proc")
        {
            return "/proc/ledger-e2e";
        }

        string file = folder.File("regular-file");
        File.WriteAllText(file, "no folder");
        return Path.Combine(file, "below");
    }

    private string CopyOfNorth(Func<NodeConfiguration, NodeConfiguration> change)
    {
        string home = folder.File("copy-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(home);
        foreach (string file in Directory.GetFiles(north.Home))
        {
            File.Copy(file, Path.Combine(home, Path.GetFileName(file)));
        }

        (change(NodeConfiguration.Load(home)) with { Home = home }).Save();
        return home;
    }

    private Task<ProgramRun> InitAsync(string home) => ProgramRun.NodeAsync(
        "init", "--home", home, "--name", "School", "--domain", "school.example", "--peer", "127.0.0.1:7101",
        "--api", "127.0.0.1:7102", "--lrs", "127.0.0.1:7103", "--password-file", north.PasswordFile);

    private static Task<ProgramRun> JoinAsync(string home, string genesis, string chainId) =>
        ProgramRun.NodeAsync("join", "--home", home, "--genesis", genesis, "--chain-id", chainId);
}
