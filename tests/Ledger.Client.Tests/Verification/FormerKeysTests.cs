using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;
using ValidatorSetMessage = Ledger.Consensus.Protos.ValidatorSetMessage;

namespace Ledger.Client.Tests.Verification;

/// <summary>
/// Former validators show a history that never was: chains that are whole in themselves, signed with keys that once
/// decided. What they claim is a state of their own making.
/// </summary>
public sealed class FormerKeysTests
{
    private static readonly StateKey Claim = StateKeys.Domain("forged.example");

    /// <summary>How far the forgers go: a block of the first epoch, or a set of their own after it.</summary>
    public enum Forgery
    {
        BlockOfTheFirstEpoch,
        SetOfTheirOwn,
        SecondSetOfTheirOwn,
    }

    [Test, Combinatorial]
    public void A_checkpoint_in_any_later_epoch_refuses_q_retired_keys(
        [Values] Forgery forgery, [Values(1, 2, 3, 4)] int epoch, [Values] bool aboveTheHead)
    {
        using Scene scene = new(epoch);
        ulong height = aboveTheHead ? scene.Chain.Head.Height + 50 : 1;

        VerificationReport report = scene.Verify(forgery, height, retired: 4, scene.Chain.Checkpoint);

        // Above the checkpoint the forged block is not the set's; a block below it cannot be told from there.
        Assert.That(
            report.Verdict, aboveTheHead ? Is.EqualTo(Verdict.Failed) : Is.Not.EqualTo(Verdict.Passed), Text(report));
    }

    [Test]
    public void The_genesis_document_alone_cannot_tell_and_says_so([Values] Forgery forgery)
    {
        using Scene scene = new(4);

        VerificationReport report = scene.Verify(forgery, 1, retired: 3, scene.Chain.Trust);

        Assert.That(report.Verdict, Is.EqualTo(Verdict.Passed), "What a checkpoint is for.");
        Assert.That(
            report.Steps.Select(step => step.Sentence),
            Has.Some.Contains("assumes that no q former keys collude"));
    }

    [Test, Combinatorial]
    public void Fewer_than_q_keys_are_refused_always(
        [Values] Forgery forgery, [Values(0, 1, 4)] int epoch, [Values(1, 2)] int retired, [Values] bool fromGenesis)
    {
        using Scene scene = new(epoch);
        TrustRoot trust = fromGenesis ? scene.Chain.Trust : scene.First;

        VerificationReport report = scene.Verify(forgery, scene.Chain.Head.Height + 5, retired, trust);

        Assert.That(report.Verdict, Is.EqualTo(Verdict.Failed));
    }

    private static string Text(VerificationReport report) =>
        string.Join('\n', report.Steps.Select(static step => $"{step.Verdict} {step.Name}: {step.Sentence}"));

    /// <summary>A chain whose founders have rotated their keys, and forgers who kept the old ones.</summary>
    private sealed class Scene : IDisposable
    {
        private readonly ValidatorSet founders;
        private readonly SigningKey[] retired;
        private readonly BlockHeader genesis;
        private readonly SigningKey[] own =
            [.. Enumerable.Range(0, 8).Select(place => SigningKey.FromSecret(
                Enumerable.Repeat((byte)(200 + place), SigningKey.SecretSize).ToArray()))];

        public Scene(int epochs)
        {
            founders = Chain.Set;
            genesis = Chain.Head;
            retired = [.. founders.Validators.Select(
                one => Chain.VoteKeys.Single(key => key.PublicKey == one.VoteKey))];
            Chain.Decide([Chain.School], Operations.Settle());
            First = Chain.Checkpoint;
            for (int epoch = 0; epoch < epochs; epoch++)
            {
                Chain.RotateSeat(Chain.Identities[epoch]);
            }
        }

        public SmallChain Chain { get; } = new();

        /// <summary>A checkpoint in the first epoch.</summary>
        public TrustRoot First { get; }

        public VerificationReport Verify(Forgery forgery, ulong height, int retired, TrustRoot trust)
        {
            StateTree tree = StateTree.Empty.With([new StateChange(Claim, new byte[] { 1 })]);
            MembershipChain membership = new() { Genesis = ByteString.CopyFrom(Chain.GenesisBytes) };
            ValidatorSet set = founders;
            SigningKey[] keys = this.retired[..retired];
            BlockHeader head = genesis with { Height = height, TimeUnixMs = genesis.TimeUnixMs + 1 };
            for (int step = 0; step < (int)forgery; step++)
            {
                ValidatorSet next = OwnSet(step);
                BlockHeader end = head with { ValidatorsHash = set.Hash, NextValidatorsHash = next.Hash };
                membership.Ends.Add(new EpochEnd
                {
                    Last = Chain.Certified(end, set, keys),
                    Next = ValidatorSetMessage.Parser.ParseFrom(next.Encode()),
                });
                head = end with { Height = end.Height + 1, Epoch = end.Epoch + 1 };
                (set, keys) = (next, [.. own.Where(key => next.Validators.Any(one => one.VoteKey == key.PublicKey))]);
            }

            head = head with { StateRoot = tree.Root, ValidatorsHash = set.Hash, NextValidatorsHash = set.Hash };
            StateEvidence evidence = new()
            {
                Version = 1,
                Membership = membership,
                Block = Chain.Certified(head, set, keys),
                Key = ByteString.CopyFrom(Claim.Raw.Span),
                Value = ByteString.CopyFrom(1),
                Proof = tree.Prove(Claim.Hash),
            };
            return ProofVerifier.Verify(new ProofFile { State = evidence }.ToByteArray(), trust);
        }

        public void Dispose()
        {
            Chain.Dispose();
            Array.ForEach(own, static key => key.Dispose());
        }

        private ValidatorSet OwnSet(int step) => ValidatorSet.Of(own.Skip(4 * step).Take(4).Select(
            (key, place) => new Ledger.Consensus.Validator(founders[place].Address, key.PublicKey)));
    }
}
