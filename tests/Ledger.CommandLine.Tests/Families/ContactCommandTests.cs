using System.Text.Json;
using Ledger.Client.Keys;
using Ledger.CommandLine.Tests.Nodes;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.CommandLine.Tests.Families;

/// <summary>Whom to call, for members alone to read; and another key for an address.</summary>
public sealed class ContactCommandTests
{
    private CommandBench bench = null!;

    [SetUp]
    public async Task Start()
    {
        bench = await CommandBench.StartAsync();
        bench.AddProfile("east", bench.Ledger.Keys[2]);
    }

    [TearDown]
    public async Task Stop() => await bench.DisposeAsync();

    [Test]
    public async Task Contact_data_open_with_the_key_of_a_member_to_whom_they_were_sealed()
    {
        CommandRun early = await bench.RunAsync("north", "institution", "contact", "publish", "--name", "Registry");
        Assert.That(early.Code, Is.EqualTo(1), "nobody could open it");
        Assert.That(early.Error, Does.Contain("publish-key"));
        using EncryptionKey key = EncryptionKey.Create();
        using EncryptionKey other = EncryptionKey.Create();
        bench.WriteKey("east.x25519", key, bench.Ledger.Keys[2].Address);
        bench.WriteKey("other.x25519", other, bench.Ledger.Keys[2].Address);
        await bench.DoneAsync("east", "institution", "contact", "publish-key", bench.In("east.x25519"));
        Assert.That(bench.Node.Last.PublishEncryptionKey.PublicKey.ToByteArray(), Is.EqualTo(key.PublicKey.ToArray()));

        JsonElement published = await bench.JsonAsync(
            "north", "institution", "contact", "publish", "--name", "Registry", "--email", "registry@north.example");
        Assert.That(published.GetProperty("recipients").GetInt32(), Is.EqualTo(1));
        Assert.That(published.GetProperty("notes").ToString(), Does.Contain("School 1"), "who has no key is told");
        Assert.That(bench.Node.Last.PublishContact.ToString(), Does.Not.Contain("Registry"));

        JsonElement shown = await bench.JsonAsync("east", Show("east.x25519"));
        Assert.That(shown.GetProperty("name").GetString(), Is.EqualTo("Registry"));
        Assert.That(shown.GetProperty("email").GetString(), Is.EqualTo("registry@north.example"));
        Assert.That((await bench.RunAsync("east", Show("other.x25519"))).Code, Is.EqualTo(4));
        CommandRun none = await bench.RunAsync(
            "east", "institution", "contact", "show", "school1.example", "--key", bench.In("east.x25519"),
            "--key-password-file", bench.PasswordFile);
        Assert.That(none.Code, Is.EqualTo(1));
        Assert.That(none.Error, Does.Contain("no contact data"));
    }

    [Test]
    public async Task The_profile_goes_on_with_the_new_key_once_the_ledger_has_taken_it()
    {
        string next = bench.In("north-2.json");
        JsonElement rotated = await bench.JsonAsync(
            "north", "key", "rotate", next, "--new-password-file", bench.PasswordFile);

        Assert.That(rotated.GetProperty("key").GetUInt64(), Is.EqualTo(2));
        Assert.That(bench.Node.Last.RotateKey.Number, Is.EqualTo(2));
        Assert.That(
            Convert.ToHexStringLower(bench.Node.Last.RotateKey.NewKey.Span),
            Is.EqualTo(rotated.GetProperty("publicKey").GetString()));
        await bench.DoneAsync("north", "institution", "create-index");
        Assert.That(
            bench.Node.Submitted[^1].Signers.Single().PublicKey, Is.EqualTo(bench.Node.Submitted[^2].Groups[0]
                .Operations[0].RotateKey.NewKey));
        Assert.That(bench.Ledger.State.Institution(bench.Ledger.Keys[0].Address)?.Status,
            Is.EqualTo(InstitutionStatus.Member), "under its address");
    }

    private string[] Show(string key) =>
    [
        "institution", "contact", "show", "school0.example", "--key", bench.In(key), "--key-password-file",
        bench.PasswordFile,
    ];
}
