using System.Globalization;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.EndToEnd.Tests.Support;
using Ledger.Node.Commands;

namespace Ledger.EndToEnd.Tests.Joining;

/// <summary>An institution that was admitted later joins a running ledger.</summary>
public sealed class SnapshotJoinTests
{
    private const int KillsMax = 3;

    private TestConsortium consortium = null!;

    [OneTimeSetUp]
    public async Task Start() => consortium = await TestConsortium.StartAsync("joining");

    [OneTimeTearDown]
    public void Stop() => consortium?.Dispose();

    [Test]
    public async Task A_fifth_institution_joins_from_a_checkpoint_by_snapshot_killed_in_the_middle_and_follows()
    {
        Member[] members = consortium.Members;
        using Newcomer newcomer = await Newcomer.MakeAsync();
        await AdmitAsync(newcomer);
        string chainId = members[0].ChainId.ToString();

        (await newcomer.JoinAsync(consortium.Genesis, chainId)).Failed(ExitCode.WrongUse, "checkpoint");
        (await newcomer.JoinAsync(consortium.Genesis, chainId, "--checkpoint", await CheckpointAsync(members[1])))
            .Done();
        await StartAndKillAsync(newcomer);
        newcomer.Start();
        await newcomer.WaitUntilItServesAsync();

        using Member fifth = Member.Of([newcomer.Node])[0];
        NodeStatus status = await fifth.Client.GetStatusAsync(CancellationToken.None);
        Assert.That(status.FirstBlock, Is.GreaterThan(1), newcomer.Log);
        await RequireProofAsync(fifth);
        LedgerClientException? refusal = await Assert.ThrowsAsync<LedgerClientException>(
            () => fifth.Client.GetBlockAsync(1, withTransactions: false, CancellationToken.None));
        Assert.That(refusal!.Message, Does.Contain("holds blocks from height"));

        await members[2].DecideAsync([members[2].Key], Operations.PicCreate());
        await Heads.RequireEqualAsync([.. members, fifth], status.Height + 1);
        await fifth.DecideAsync([fifth.Key], Operations.PicCreate());
        NodeStatus after = await Heads.RequireEqualAsync([.. members, fifth], status.Height + 2);
        Assert.That(after.Behind, Is.Zero);
        await RequireProofAsync(fifth);
        NodeLogs.RequireNoStackTrace([newcomer.Node]);
    }

    private async Task AdmitAsync(Newcomer newcomer)
    {
        Member[] members = consortium.Members;
        using SigningKey learner = SigningKey.Create();
        await members[0].DecideAsync([learner], Operations.UicCreate());
        await members[0].DecideAsync(
            [newcomer.Key],
            Operations.RegisterInstitution(
                newcomer.Node.Name, newcomer.Node.Domain, InstitutionKind.LearningProvider));
        foreach (Member member in members.Take(3))
        {
            await member.DecideAsync([member.Key], Operations.VoteInstitution(newcomer.Key.Address, 1, approve: true));
        }

        await members[0].DecideAsync(
            [newcomer.Key], Operations.PublishEndpoint(EndpointKind.Peer, "https://" + newcomer.Node.Peer));
        await Heads.RequireEqualAsync(members, heightMin: 1);
    }

    private static async Task<string> CheckpointAsync(Member trusted)
    {
        NodeStatus status = await trusted.Client.GetStatusAsync(CancellationToken.None);
        return string.Create(
            CultureInfo.InvariantCulture, $"{status.Height}:{Convert.ToHexStringLower(status.HeadHash.Span)}");
    }

    // The snapshot of a young ledger is small: the kill meets a node that has begun to fetch, at any point from there.
    private static async Task StartAndKillAsync(Newcomer newcomer)
    {
        for (int kill = 0; kill < KillsMax; kill++)
        {
            newcomer.Start();
            await Waiting.UntilAsync("the snapshot grows", () => Task.FromResult(
                Directory.Exists(newcomer.Staging)
                || newcomer.Log.Contains("is whole and checked", StringComparison.Ordinal)));
            await newcomer.KillAsync();
        }
    }

    private async Task RequireProofAsync(Member fifth)
    {
        StateEvidence evidence = await fifth.Client.GetStateAsync(
            StateKeys.Institution(fifth.Address).Raw, CancellationToken.None);
        Assert.That(TrustRoot.TryFromGenesis(consortium.Genesis, out TrustRoot? trust), Is.True);
        VerificationReport report = ProofVerifier.Verify(new ProofFile { State = evidence }.ToByteArray(), trust!);
        Assert.That(report.Verdict, Is.EqualTo(Verdict.Passed), string.Join('\n', report.Steps));
    }
}
