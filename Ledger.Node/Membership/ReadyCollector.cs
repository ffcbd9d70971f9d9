using System.Diagnostics;
using System.Security.Cryptography;
using Google.Protobuf;
using Ledger.Consensus;
using Ledger.Node.Chain;
using Ledger.Node.Peers;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Membership;

/// <summary>
/// Asks the validators of the set that an approved change makes whether they are ready, and gathers their signatures
/// (C-21). Any member's node can do it: the approval and the signatures carry all authority.
/// </summary>
public sealed class ReadyCollector(
    Hash256 chainId,
    Address self,
    ChainState chain,
    PeerNetwork network,
    ReadyAnswers own,
    ISignatureVerifier verifier,
    TimeProvider time)
{
    /// <summary>Rounds at once: an administrator asks one at a time.</summary>
    private const int RoundsMax = 8;

    /// <summary>
    /// How long answers are waited for: a link that is opened for the question takes a second or two.
    /// </summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(4);

    /// <summary>How long the rest are waited for once q have signed.</summary>
    private static readonly TimeSpan EnoughTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Who has not answered may only now have been connected, and is asked again.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private readonly List<ReadyRound> rounds = [];

    /// <summary>
    /// Who is ready for a change; or why it cannot be activated, whoever were ready. Answers as soon as all are ready,
    /// after four seconds at the latest.
    /// </summary>
    public async Task<(ActivationPlan? Plan, string? Obstacle)> CollectAsync(
        ulong change, CancellationToken cancellation)
    {
        LedgerHead head = chain.Head;
        (ValidatorSet? newSet, string? obstacle) =
            SeatOutlook.Of(head.State, change, time.GetUtcNow().ToUnixTimeMilliseconds());
        if (newSet is null)
        {
            return (null, obstacle);
        }

        ReadyRound round = new(
            ByteString.CopyFrom(RandomNumberGenerator.GetBytes(ReadyAnswers.NonceBytes)),
            chainId, head.NextEpoch, head.NextSet, newSet, verifier);
        if (!TryBegin(round))
        {
            return (null, "this node gathers signatures for others already; ask again in a few seconds");
        }

        try
        {
            await AskAsync(round, change, newSet, cancellation);
        }
        finally
        {
            End(round);
        }

        ReadyReport[] reports = [.. newSet.Validators.Select(validator => new ReadyReport(
            validator.Address,
            validator.Address == self || network.IsConnected(validator.Address),
            round.Find(validator.Address)))];
        return (new ActivationPlan(head.NextEpoch, head.NextSet, newSet, reports), null);
    }

    /// <summary>Takes another node's answer.</summary>
    public void Take(Address from, ReadyAnswer answer)
    {
        ReadyRound? round;
        lock (gate)
        {
            round = rounds.Find(one => one.Nonce == answer.Nonce);
        }

        round?.Add(from, answer);
    }

    private async Task AskAsync(ReadyRound round, ulong change, ValidatorSet newSet, CancellationToken cancellation)
    {
        Frame question = new()
        {
            ReadyRequest = new ReadyRequest
            {
                Nonce = round.Nonce,
                Proposal = change,
                NewSet = ByteString.CopyFrom(newSet.Hash.ToArray()),
            },
        };
        if (newSet.IndexOf(self) >= 0)
        {
            round.Add(self, await own.OwnAsync(round.Nonce, change, newSet.Hash).WaitAsync(cancellation));
        }

        Stopwatch clock = Stopwatch.StartNew();
        TimeSpan askAt = TimeSpan.Zero;
        while (!round.IsComplete && clock.Elapsed < (round.IsEnough ? EnoughTimeout : AnswerTimeout))
        {
            if (clock.Elapsed >= askAt)
            {
                askAt = clock.Elapsed + AskAgain;
                foreach (Validator one in newSet.Validators.Where(one => round.Find(one.Address) is null))
                {
                    network.Follow(one.Address);
                    network.Send(one.Address, question, FrameQueue.Urgent);
                }
            }

            await round.WaitAsync(AskAgain, cancellation);
        }
    }

    private bool TryBegin(ReadyRound round)
    {
        lock (gate)
        {
            if (rounds.Count >= RoundsMax)
            {
                return false;
            }

            rounds.Add(round);
            return true;
        }
    }

    private void End(ReadyRound round)
    {
        lock (gate)
        {
            rounds.Remove(round);
        }
    }
}
