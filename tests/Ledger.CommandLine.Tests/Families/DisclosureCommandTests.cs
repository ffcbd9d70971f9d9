using System.Text.Json;
using Google.Protobuf;
using Ledger.Client.Disclosures;
using Ledger.Client.Tests.Verification;
using Ledger.CommandLine.Tests.Nodes;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.CommandLine.Tests.Families;

/// <summary>A learner makes a file of what it shows, shares it, withdraws it; a stranger verifies it.</summary>
public sealed class DisclosureCommandTests
{
    private static readonly string[] Statements = [.. Enumerable.Range(0, 5).Select(static number =>
        $$$"""
        {"id":"00000000-0000-4000-8000-00000000000{{{number}}}","actor":{"mbox":"mailto:a@b.example"},
         "verb":{"id":"{{{SmallChain.Verb}}}"},"object":{"id":"http://b.example/{{{number}}}"},
         "result":{"success":{{{(number < 3 ? "true" : "false")}}},"response":"secret"},
         "timestamp":"2024-05-01T10:00:00Z"}
        """)];

    private CommandBench bench = null!;
    private SmallChain chain = null!;

    [SetUp]
    public async Task Start()
    {
        chain = new SmallChain();
        chain.AnchorStatements(Statements);
        bench = await CommandBench.StartAsync();
        bench.Node.Prove(chain.ChainId, chain.Evidence);
        bench.AddProfile("alice", chain.Learner);
        bench.AddProfile("school", chain.School);
        File.WriteAllBytes(bench.In("genesis"), chain.GenesisBytes);
        File.WriteAllBytes(
            bench.In("mine"), new ProofFile { Records = chain.Bundle(Statements) }.ToByteArray());
    }

    [TearDown]
    public async Task Stop()
    {
        await bench.DisposeAsync();
        chain.Dispose();
    }

    [Test]
    public async Task A_statement_about_successes_is_made_verified_shared_and_withdrawn()
    {
        JsonElement made = await bench.JsonAsync(
            "alice", "disclosure", "make", bench.In("mine"), "--where", "/result/success=true", "--until", "2030-12-31",
            "--for", "For Acme", "--out", bench.In("shown"), "--genesis", bench.In("genesis"));
        Assert.That(made.GetProperty("shown")[0].GetProperty("records").GetInt32(), Is.EqualTo(3));
        Assert.That(made.GetProperty("shown")[0].GetProperty("of").GetInt32(), Is.EqualTo(5));
        Assert.That(File.ReadAllText(bench.In("shown")), Does.Not.Contain("secret"));
        string id = made.GetProperty("id").GetString()!;

        string verified = await bench.DoneAsync("school", Verify());
        Assert.That(verified, Does.Contain("For Acme").And.Contain("records do not").And.Contain("/result/success"));
        string online = await bench.DoneAsync("school", Verify("--online"));
        Assert.That(online, Does.Contain("knows of no withdrawal"));

        string shared = await bench.DoneAsync("alice", "disclosure", "share", bench.In("shown"));
        Assert.That(shared, Does.Contain($"/disclosures/{chain.Learner.Address}/{id}"));
        string withdrawn = await bench.DoneAsync("alice", "disclosure", "unshare", bench.In("shown"));
        Assert.That(withdrawn, Does.Contain("withdrawn").And.Contain("can still prove"));
        Assert.That(await bench.DoneAsync("alice", "disclosure", "list"), Does.Contain(id).And.Contain("For Acme"));

        CommandRun after = await bench.RunAsync("school", Verify("--online"));
        Assert.That(after.Code, Is.EqualTo(4));
        Assert.That(after.Output, Does.Contain("withdrew this"));
        await bench.DoneAsync("school", Verify());
    }

    [Test]
    public async Task A_withdrawal_takes_the_id_or_the_link_too()
    {
        string id = new('a', 64);
        Assert.That(await bench.DoneAsync("alice", "disclosure", "unshare", id), Does.Contain("withdrawn"));
        string link = $"http://127.0.0.1:9/disclosures/{chain.Learner.Address}/{id}";
        Assert.That(await bench.DoneAsync("alice", "disclosure", "unshare", link), Does.Contain(id));
    }

    [TestCase("Say what to show")]
    [TestCase("no slot", "--show", "/actor/mbox")]
    [TestCase("no JSON", "--where", "/result/response=secret")]
    [TestCase("no condition", "--where", "/result/success")]
    [TestCase("leave the other choices out", "--count", "--show", "/verb")]
    [TestCase("shows nothing", "--where", "/result/success=null")]
    public async Task What_shows_nothing_or_cannot_be_shown_is_wrong_use(string why, params string[] options)
    {
        CommandRun run = await MakeAsync("alice", options);
        Assert.That(run.Code, Is.EqualTo(2), run.Output);
        Assert.That(run.Error, Does.Contain(why));
    }

    [Test]
    public async Task Another_learners_records_a_tampered_bundle_and_a_file_of_another_kind_are_refused()
    {
        CommandRun other = await MakeAsync("school", "--count");
        Assert.That(other.Error, Does.Contain("another learner's records"));

        RecordBundle changed = chain.Bundle(Statements);
        changed.Verbs[0].Writers[0].Records[0].Salt = ByteString.CopyFrom(new byte[32].Select(_ => (byte)9).ToArray());
        File.WriteAllBytes(bench.In("mine"), new ProofFile { Records = changed }.ToByteArray());
        CommandRun tampered = await MakeAsync("alice", "--count");
        Assert.That(tampered.Code, Is.EqualTo(4));
        Assert.That(tampered.Error, Does.Contain("does not verify"));

        File.WriteAllText(bench.In("mine"), "no records");
        Assert.That((await MakeAsync("alice", "--count")).Error, Does.Contain("holds no records"));
        CommandRun share = await bench.RunAsync("alice", "disclosure", "share", bench.In("mine"));
        Assert.That(share.Error, Does.Contain("is no disclosure"));
    }

    [Test]
    public async Task What_names_no_node_cannot_be_asked_for_and_verifies_alone()
    {
        CommandRun made = await MakeAsync("alice", "--show", "/object", "--no-node");
        Assert.That(made.Code, Is.Zero, made.Error + made.Output);
        await bench.DoneAsync("school", Verify());
        CommandRun online = await bench.RunAsync("school", Verify("--online"));
        Assert.That(online.Code, Is.EqualTo(2));
        Assert.That(online.Error, Does.Contain("names no node"));
    }

    [Test]
    public async Task A_disclosure_that_has_ended_is_told_as_such()
    {
        CommandRun past = await MakeAsync("alice", "--count", "--until", "2020-01-01");
        Assert.That(past.Code, Is.EqualTo(2), past.Output);
        Assert.That(past.Error, Does.Contain("no end"));

        DateTimeOffset signed = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        RecordBundle bundle = chain.Bundle(Statements);
        DisclosureBody body = DisclosureMaker.Draft(
            chain.ChainId, bundle, DisclosureChoice.Counts,
            new DisclosureTerms(signed.AddDays(1), "For Acme", string.Empty), signed);
        StateEvidence key = chain.Evidence(StateKeys.SigningKeys(chain.Learner.Address).At(1));
        File.WriteAllBytes(
            bench.In("shown"),
            DisclosureMaker.Sign(chain.ChainId, bundle, body, key, chain.Learner).ToByteArray());
        CommandRun ended = await bench.RunAsync("school", Verify());
        Assert.That(ended.Code, Is.EqualTo(4), ended.Output);
        Assert.That(ended.Output, Does.Contain("which is over").And.Contain("records have not"));
    }

    private string[] Verify(params string[] options) =>
        ["verify", bench.In("shown"), "--genesis", bench.In("genesis"), .. options];

    private Task<CommandRun> MakeAsync(string profile, params string[] options)
    {
        string[] until = options.Contains("--until") ? [] : ["--until", "2030-12-31"];
        return bench.RunAsync(
            profile,
            [
                "disclosure", "make", bench.In("mine"), "--out", bench.In("shown"), "--genesis", bench.In("genesis"),
                .. until, .. options,
            ]);
    }
}
