using System.Text.Json;
using Ledger.Client.Keys;
using Ledger.Client.Limits;
using Ledger.Client.Protos;
using Ledger.CommandLine.Tests.Nodes;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Tests.Families;

/// <summary>Limits of grants at the reader's node: handed in, listed, forgotten.</summary>
public sealed class LimitsCommandTests
{
    private const string Verb = "http://adlnet.gov/expapi/verbs/passed";
    private static readonly string Learner = new('3', 64);

    private CommandBench bench = null!;

    [SetUp]
    public async Task Start() => bench = await CommandBench.StartAsync();

    [TearDown]
    public async Task Stop() => await bench.DisposeAsync();

    [Test]
    public async Task An_administrator_opens_the_file_and_the_node_keeps_lists_and_forgets()
    {
        using EncryptionKey key = EncryptionKey.Create();
        SigningKey north = bench.Ledger.Keys[0];
        bench.WriteKey("north.x25519", key, north.Address);
        LimitsOpening opening = LimitsCommitment.Open(new GrantLimits { Purposes = { "advice" } });
        Assert.That(Address.TryParse(Learner, out Address learner));
        File.WriteAllBytes(bench.In("limits"), LimitsFile.Seal(
            bench.Node.ChainId, new LlpcName(learner, Verb), north.Address, key.PublicKey, [opening]));

        JsonElement kept = await bench.JsonAsync(
            "north", "record", "limits", Learner, Verb, "--opening", bench.In("limits"), "--encryption-key",
            bench.In("north.x25519"), "--key-password-file", bench.PasswordFile, "--purpose", "advice");
        Assert.That(kept.GetProperty("grants").GetString(), Is.EqualTo("7"));
        LimitsToKeep asked = bench.Node.Limits.Asked.Single();
        Assert.That(asked.Openings.Single(), Is.EqualTo(opening));
        Assert.That((asked.Verb, asked.Purpose), Is.EqualTo((Verb, "advice")));

        Assert.That(await bench.DoneAsync("north", "record", "limits"), Does.Contain(Learner).And.Contain("advice"));
        JsonElement gone = await bench.JsonAsync("north", "record", "limits", "--forget", Learner);
        Assert.That(gone.GetProperty("forgotten").GetInt32(), Is.EqualTo(1));
        Assert.That(gone.GetProperty("limits").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task A_learner_without_a_verb_is_wrong_use()
    {
        CommandRun run = await bench.RunAsync("north", "record", "limits", Learner);
        Assert.That(run.Code, Is.EqualTo(2), run.Output + run.Error);
        Assert.That(run.Error, Does.Contain("Name the verb"));
    }
}
