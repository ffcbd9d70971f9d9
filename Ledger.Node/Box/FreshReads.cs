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

    /// <summary>How long the own head may take to reach the height that the answers name.</summary>
    private static readonly TimeSpan HeadTimeout = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private Round? current;
    private Task<LedgerHead?>? running;
    private Task<LedgerHead?>? next;

    /// <summary>A head that is fresh enough to decide on, or null: then the box says `unavailable`.</summary>
    public Task<LedgerHead?> HeadAsync()
    {
        lock (gate)
        {
            if (running is null || running.IsCompleted)
            {
                running = Task.Run(RunAsync);
                return running;
            }

            // A round that runs may hold answers from before this read was asked for: all who come now share the one
            // after it.
            next ??= AfterAsync(running);
            return next;
        }
    }

    /// <summary>Answers another box.</summary>
    public void Answer(Address from, FreshRequest request)
    {
        if (request.Nonce.Length == NonceBytes)
        {
            network.Send(from, new Frame { FreshAnswer = OwnAnswer(request.Nonce) }, isUrgent: true);
        }
    }

    /// <summary>
    /// Takes another validator's answer; one that does not verify, or that answers another nonce, is dropped.
    /// </summary>
    public void Take(FreshAnswer answer)
    {
        Round? round;
        lock (gate)
        {
            round = current;
        }

        if (round is null
            || answer.Nonce != round.Nonce
            || !Address.TryRead(answer.Institution.Span, out Address institution)
            || directory.Find(institution) is not { } peer
            || !verifier.Verify(peer.IdentityKey, Digest(answer), answer.Signature.Span))
        {
            return;
        }

        round.Add(institution, answer);
    }

    private async Task<LedgerHead?> AfterAsync(Task<LedgerHead?> before)
    {
        await before;
        lock (gate)
        {
            running = next;
            next = null;
        }

        return await RunAsync();
    }

    private async Task<LedgerHead?> RunAsync()
    {
        ValidatorSet set = chain.Head.NextSet;
        Round round = new(ByteString.CopyFrom(RandomNumberGenerator.GetBytes(NonceBytes)), set, chain.Head.NextEpoch);
        lock (gate)
        {
            current = round;
        }

        round.Add(self, OwnAnswer(round.Nonce));
        network.SendAll(new Frame { FreshRequest = new FreshRequest { Nonce = round.Nonce } }, isUrgent: true);
        ulong? height = await round.HeightAsync(AnswerTimeout);
        return height is { } needed ? await ReachAsync(needed) : null;
    }

    private async Task<LedgerHead?> ReachAsync(ulong height)
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnDecided(ExecutedBlock block)
        {
            if (block.Block.Height >= height)
            {
                reached.TrySetResult();
            }
        }

        chain.Decided += OnDecided;
        try
        {
            if (chain.Head.Height < height)
            {
                await Task.WhenAny(reached.Task, Task.Delay(HeadTimeout));
            }

            LedgerHead head = chain.Head;
            return head.Height >= height ? head : null;
        }
        finally
        {
            chain.Decided -= OnDecided;
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
        answer.Signature = ByteString.CopyFrom(identity.Sign(Digest(answer)));
        return answer;
    }

    private Hash256 Digest(FreshAnswer answer)
    {
        HashBuilder builder = new(Tags.FreshRead, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(answer.Epoch);
        builder.Add(answer.Nonce.Span);
        builder.Add(answer.Height);
        builder.Add(answer.HeadHash.Span);
        builder.Add(answer.CommitSignedHeight);
        return builder.Finish();
    }

    /// <summary>One nonce and the answers to it.</summary>
    private sealed class Round(ByteString nonce, ValidatorSet set, ulong epoch)
    {
        private readonly Lock gate = new();
        private readonly Dictionary<Address, ulong> heights = [];
        private readonly TaskCompletionSource<ulong> decided = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Stopwatch elapsed = Stopwatch.StartNew();

        public ByteString Nonce => nonce;

        public void Add(Address validator, FreshAnswer answer)
        {
            if (answer.Epoch != epoch || elapsed.Elapsed > AnswerTimeout
                || !set.Validators.Any(member => member.Address == validator))
            {
                return;
            }

            lock (gate)
            {
                heights[validator] = Math.Max(answer.Height, answer.CommitSignedHeight);
                if (heights.Count >= set.Quorum)
                {
                    decided.TrySetResult(heights.Values.Max());
                }
            }
        }

        public async Task<ulong?> HeightAsync(TimeSpan timeout)
        {
            await Task.WhenAny(decided.Task, Task.Delay(timeout));
            return decided.Task.IsCompletedSuccessfully ? await decided.Task : null;
        }
    }
}
