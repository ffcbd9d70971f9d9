using System.Diagnostics;
using System.Security.Cryptography;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Consensus;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Node.Peers;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// Finds out that this node is up to date before its box decides on a right (F-1): q validators say, over a fresh
/// nonce, how far they are. One round serves all reads that wait for it.
/// </summary>
public sealed class FreshReads(
    Hash256 chainId,
    Address self,
    SigningKey identity,
    ChainState chain,
    PeerNetwork network,
    IPeerDirectory directory,
    ISignatureVerifier verifier,
    Func<ulong> commitSignedHeight)
{
    private const int NonceBytes = 16;

    /// <summary>Answers count within this time of sending the nonce, by the monotonic clock.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How long the own head may take, once q answers are there, to reach the height that they name.</summary>
    private static readonly TimeSpan HeadTimeout = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private List<TaskCompletionSource<LedgerHead?>> waiting = [];
    private FreshRound? current;
    private bool running;

    /// <summary>A head that is fresh enough to decide on, or null: then the box says `unavailable`.</summary>
    public Task<LedgerHead?> HeadAsync()
    {
        TaskCompletionSource<LedgerHead?> read = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting.Add(read);
            if (!running)
            {
                running = true;
                _ = Task.Run(RunRoundsAsync);
            }
        }

        return read.Task;
    }

    /// <summary>Answers another box.</summary>
    public void Answer(Address from, FreshRequest request)
    {
        if (request.Nonce.Length == NonceBytes)
        {
            network.Send(from, new Frame { FreshAnswer = OwnAnswer(request.Nonce) }, FrameQueue.Urgent);
        }
    }

    /// <summary>
    /// Takes another validator's answer; one that does not verify, or that answers another nonce, is dropped.
    /// </summary>
    public void Take(FreshAnswer answer)
    {
        FreshRound? round;
        lock (gate)
        {
            round = current;
        }

        if (round is null
            || answer.Nonce != round.Nonce
            || !Address.TryRead(answer.Institution.Span, out Address institution)
            || directory.Find(institution) is not { } peer
            || !verifier.Verify(peer.IdentityKey, FreshAnswerRules.Digest(chainId, answer), answer.Signature.Span))
        {
            return;
        }

        round.Add(institution, answer);
    }

    // The one owner of rounds: a round serves all who waited when it began, and never one who came later.
    private async Task RunRoundsAsync()
    {
        while (true)
        {
            List<TaskCompletionSource<LedgerHead?>> served;
            lock (gate)
            {
                served = waiting;
                waiting = [];
                running = served.Count > 0;
            }

            if (served.Count == 0)
            {
                return;
            }

            try
            {
                LedgerHead? head = await RunAsync();
                served.ForEach(read => read.TrySetResult(head));
            }
            catch (Exception problem)
            {
                // Whoever waited is told, and the next ones have a round of their own: nobody waits for ever.
                served.ForEach(read => read.TrySetException(problem));
            }
        }
    }

    private async Task<LedgerHead?> RunAsync()
    {
        FreshRound round = new(
            ByteString.CopyFrom(RandomNumberGenerator.GetBytes(NonceBytes)), chain.Head.NextSet, chain.Head.NextEpoch);
        lock (gate)
        {
            current = round;
        }

        void OnDecided(ExecutedBlock block) => round.Signal();
        chain.Decided += OnDecided;
        try
        {
            round.Add(self, OwnAnswer(round.Nonce));
            network.SendAll(
                new Frame { FreshRequest = new FreshRequest { Nonce = round.Nonce } }, FrameQueue.Urgent);
            return await ReachAsync(round);
        }
        finally
        {
            chain.Decided -= OnDecided;
        }
    }

    private async Task<LedgerHead?> ReachAsync(FreshRound round)
    {
        Stopwatch clock = Stopwatch.StartNew();
        TimeSpan end = AnswerTimeout;
        while (true)
        {
            LedgerHead head = chain.Head;
            if (round.Height is { } needed)
            {
                if (head.Height >= needed)
                {
                    // Whoever was stopped meanwhile has an old answer.
                    return clock.Elapsed <= AnswerTimeout ? head : null;
                }

                TimeSpan patience = clock.Elapsed + HeadTimeout;
                end = patience < end ? patience : end;
            }

            TimeSpan left = end - clock.Elapsed;
            if (left <= TimeSpan.Zero || !await round.ChangedAsync(left))
            {
                return null;
            }
        }
    }

    private FreshAnswer OwnAnswer(ByteString nonce)
    {
        LedgerHead head = chain.Head;
        FreshAnswer answer = new()
        {
            Institution = ByteString.CopyFrom(self.ToArray()),
            Nonce = nonce,
            Epoch = head.NextEpoch,
            Height = head.Height,
            HeadHash = ByteString.CopyFrom(head.BlockHash.ToArray()),
            CommitSignedHeight = Math.Max(head.Height, commitSignedHeight()),
        };
        answer.Signature = ByteString.CopyFrom(identity.Sign(FreshAnswerRules.Digest(chainId, answer)));
        return answer;
    }
}
