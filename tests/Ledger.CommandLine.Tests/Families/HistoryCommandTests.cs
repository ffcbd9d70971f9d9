using System.Text.Json;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Tests.Verification;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Tests.Nodes;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Tests.Families;

/// <summary>What happened: the events of the ledger, and a learner's log of its own access.</summary>
public sealed class HistoryCommandTests
{
    private CommandBench bench = null!;

    [SetUp]
    public async Task Start() => bench = await CommandBench.StartAsync();

    [TearDown]
    public async Task Stop() => await bench.DisposeAsync();

    [Test]
    public async Task Events_of_one_contract_are_asked_for_by_learner_and_verb_and_name_what_comes_next()
    {
        Address learner = bench.Ledger.Keys[1].Address;
        EventBatch batch = new() { FromHeight = 3, Height = 7, NextHeight = 8, TimeUnixMs = 1_700_000_000_000 };
        batch.Events.Add(new PlacedEvent
        {
            Event = ContractEventCodec.ToMessage(new ContractEvent(ContractEventKind.AccessExpired)
            {
                Learner = learner, Verb = SmallChain.Verb, Number = 4, Rights = AccessBits.Read,
            }),
        });
        bench.Node.Inspection.Batches.Enqueue(batch);

        JsonElement told = await bench.JsonAsync(
            "north", "chain", "events", "--from", "3", "--learner", learner.ToString(), "--verb", SmallChain.Verb,
            "--kind", "access-expired");

        EventsRequest asked = bench.Node.Inspection.Asked.Single();
        Assert.That(asked.Learner, Is.EqualTo(learner.ToField()));
        Assert.That(asked.Verb, Is.EqualTo(SmallChain.Verb));
        Assert.That(asked.Kinds, Is.EqualTo(new[] { (uint)ContractEventKind.AccessExpired }));
        Assert.That(told.GetProperty("next").GetString(), Is.EqualTo("8:0"));
        JsonElement row = told.GetProperty("events").EnumerateArray().Single();
        Assert.That(row.GetProperty("event").GetString(), Is.EqualTo("access-expired"));
        Assert.That(row.GetProperty("actor").ValueKind, Is.EqualTo(JsonValueKind.Null), "time did it");
        Assert.That(
            (await bench.RunAsync("north", "chain", "events", "--kind", "nonsense")).Error,
            Does.Contain("access-granted"));
    }

    [Test]
    public async Task The_access_log_goes_on_from_page_to_page_and_shows_what_time_has_ended()
    {
        using SmallChain chain = new();
        using EncryptionKey key = EncryptionKey.Create();
        chain.Decide([chain.Learner], Operations.UicCreate());
        bench.Node.Prove(chain.ChainId, chain.Evidence);
        bench.AddProfile("alice", chain.Learner);
        bench.WriteKey("alice.x25519", key, chain.Learner.Address);
        File.WriteAllBytes(bench.In("genesis"), chain.GenesisBytes);
        ByteString school = chain.School.Address.ToField();
        ByteString teacher = bench.Ledger.Keys[1].Address.ToField();
        bench.Node.Trail.Pages[5] = Page(9, Entry(6, AccessAct.Requested, teacher, school));
        bench.Node.Trail.Pages[9] = Page(
            0, Entry(9, AccessAct.Granted, chain.Learner.Address.ToField(), school),
            Entry(12, AccessAct.Expired, ByteString.Empty, school),
            Entry(12, AccessAct.RequestExpired, ByteString.Empty, school));

        JsonElement log = await bench.JsonAsync(
            "alice", "access", "log", "--encryption-key", bench.In("alice.x25519"), "--key-password-file",
            bench.PasswordFile, "--genesis", bench.In("genesis"), "--from", "5");

        JsonElement[] rows = [.. log.GetProperty("log").EnumerateArray()];
        Assert.That(
            rows.Select(static row => row.GetProperty("what").GetString()),
            Is.EqualTo(new[] { "requested", "granted", "expired", "request-expired" }));
        Assert.That(rows[0].GetProperty("whom").GetString(), Is.EqualTo(chain.School.Address.ToString()), "for whom");
        Assert.That(rows[2].GetProperty("who").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(log.GetProperty("reads").GetInt32(), Is.Zero);

        // Without a proof of how many reads there are nothing is believed.
        bench.Node.Prove(chain.ChainId, static _ => new StateEvidence());
        CommandRun unproved = await bench.RunAsync(
            "alice", "access", "log", "--encryption-key", bench.In("alice.x25519"), "--key-password-file",
            bench.PasswordFile, "--genesis", bench.In("genesis"), "--from", "5");
        Assert.That(unproved.Code, Is.EqualTo(4), unproved.Error);
    }

    private static AccessPage Page(ulong next, params AccessEntry[] entries)
    {
        AccessPage page = new() { NextHeight = next };
        page.Entries.AddRange(entries);
        return page;
    }

    private static AccessEntry Entry(ulong height, AccessAct act, ByteString actor, ByteString subject) => new()
    {
        Height = height,
        TimeUnixMs = 1_700_000_000_000,
        Act = act,
        Actor = actor,
        Verb = SmallChain.Verb,
        Subject = subject,
        Number = 1,
        Rights = new Rights { Read = true },
    };
}
