using System.Text.Json;
using Google.Protobuf;
using Ledger.Client.Tests.Features;
using Ledger.Contracts.Protos;

namespace Ledger.CommandLine.Tests.Families;

/// <summary>A saved packet of features is shown, verified and counted anew, with no node running.</summary>
public sealed class FeatureCommandTests
{
    private string home = null!;
    private LyingFeatureBox box = null!;

    [SetUp]
    public void Begin()
    {
        home = Directory.CreateTempSubdirectory("ledger-features-").FullName;
        box = new LyingFeatureBox();
        File.WriteAllBytes(In("genesis"), box.Chain.GenesisBytes);
        File.WriteAllBytes(
            In("records"), new ProofFile { Records = box.Chain.Bundle(LyingFeatureBox.Statements) }.ToByteArray());
    }

    [TearDown]
    public void End()
    {
        box.Dispose();
        Directory.Delete(home, recursive: true);
    }

    [Test]
    public async Task A_packet_verifies_and_shows_its_features()
    {
        Save(static _ => { });
        CommandRun run = await CommandRun.OfAsync(
            home, "verify", In("packet"), "--genesis", In("genesis"), "--json");

        Assert.That(run.Code, Is.Zero, run.Error);
        JsonElement answer = JsonDocument.Parse(run.Output).RootElement;
        Assert.That(answer.GetProperty("kind").GetString(), Is.EqualTo("features"));
        JsonElement features = answer.GetProperty("features")[0];
        Assert.That(features.GetProperty("records").GetInt32(), Is.EqualTo(4));
        Assert.That(features.GetProperty("lastDay").GetString(), Is.EqualTo("2023-11-04"));
        Assert.That(answer.GetProperty("activities").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task Counting_anew_agrees_with_the_truth_and_shows_a_lie()
    {
        Save(static _ => { });
        CommandRun truth = await RecountAsync();
        Save(static told =>
        {
            told.Verbs[0].Features.Succeeded--;
            told.Verbs[0].Features.Failed++;
        });
        CommandRun lie = await RecountAsync();

        Assert.That(truth.Code, Is.Zero, truth.Output + truth.Error);
        Assert.That(lie.Code, Is.EqualTo(4), lie.Output);
        Assert.That(lie.Output, Does.Contain("MISMATCH"));
    }

    private Task<CommandRun> RecountAsync() => CommandRun.OfAsync(
        home, "record", "recount", In("packet"), In("records"), "--genesis", In("genesis"));

    private void Save(Action<FeatureBody> lie)
    {
        FeatureBody body = box.Honest(box.Request());
        lie(body);
        File.WriteAllBytes(In("packet"), new ProofFile { Features = box.Sign(body) }.ToByteArray());
    }

    private string In(string name) => Path.Combine(home, name);
}
