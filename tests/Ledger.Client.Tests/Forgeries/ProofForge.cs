using Google.Protobuf;
using Ledger.Client.Disclosures;
using Ledger.Client.Keys;
using Ledger.Client.Tests.Verification;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Consensus.Protos;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Forgeries;

/// <summary>
/// Makes genuine proof files of one chain, in two epochs, and from them forged ones: each number gives one forgery, the
/// same every time.
/// </summary>
internal sealed class ProofForge : IDisposable
{
    private readonly SmallChain chain = new();
    private readonly byte[][] controls;
    private readonly byte[][] foreign;
    private readonly HashSet<ByteString> genuineKeys;
    private readonly SigningKey stranger = SigningKey.FromSecret(Enumerable.Repeat((byte)77, 32).ToArray());

    public ProofForge()
    {
        controls = [.. Files(chain)];
        genuineKeys =
        [
            .. controls.Select(ProofFile.Parser.ParseFrom).SelectMany(static file =>
                file.ContentCase == ProofFile.ContentOneofCase.States
                    ? file.States.Keys.Select(static one => one.Key)
                    : file.ContentCase == ProofFile.ContentOneofCase.State ? [file.State.Key] : []),
        ];
        Trust = chain.Trust;
        using SmallChain other = new("another");
        foreign = [.. Files(other)];
    }

    /// <summary>What the genuine files verify from.</summary>
    public TrustRoot Trust { get; }

    /// <summary>Genuine files: receipts, values, absences, lists, records.</summary>
    public IReadOnlyList<byte[]> Controls => controls;

    /// <summary>
    /// The forgery of this number; null where it happens to be a genuine file, or says something true: that another key
    /// is absent, whose search ends at the same leaf.
    /// </summary>
    public (string Manner, byte[] File)? Forge(int number)
    {
        Random chance = new(number);
        byte[] genuine = controls[chance.Next(controls.Length)];
        (string manner, byte[] file) = chance.Next(8) switch
        {
            0 => ("cut", genuine[..chance.Next(genuine.Length)]),
            1 => ("foreign", foreign[chance.Next(foreign.Length)]),
            2 => ("short quorum", ChangeVotes(genuine, chance, static (votes, at) => votes.RemoveAt(at))),
            3 => ("wrong set", ChangeVotes(genuine, chance, SignByStranger)),
            4 => ("spliced", Splice(genuine, controls[chance.Next(controls.Length)], chance)),
            _ => ("byte", ChangeByte(genuine, chance)),
        };
        return controls.Any(control => control.AsSpan().SequenceEqual(file)) || IsTrueOfAnotherKey(file)
            ? null
            : (manner, file);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        chain.Dispose();
        stranger.Dispose();
    }

    private static IEnumerable<byte[]> Files(SmallChain chain)
    {
        chain.AnchorStatements(SmallChain.AnyStatement);
        RecordBundle bundle = chain.Bundle(SmallChain.AnyStatement);
        yield return new ProofFile { Records = bundle }.ToByteArray();
        yield return DisclosureMaker.Sign(
            chain.ChainId,
            bundle,
            DisclosureMaker.Draft(
                chain.ChainId,
                bundle,
                new DisclosureChoice(new HashSet<string>(), [], ["/object", "/result"]),
                new DisclosureTerms(DateTimeOffset.UnixEpoch.AddYears(60), "For Acme", string.Empty),
                DateTimeOffset.UnixEpoch.AddYears(59)),
            chain.Evidence(StateKeys.SigningKeys(chain.Learner.Address).At(1)),
            chain.Learner).ToByteArray();
        LlpcName llpc = new(chain.Learner.Address, SmallChain.Verb);
        chain.Decide([chain.Learner], Operations.LlpcGrant(
            llpc.Learner, llpc.Verb, chain.Identities[1].Address, AccessBits.Read.ToMessage(), 0, 0, []));
        yield return new ProofFile { Receipt = chain.Receipt() }.ToByteArray();
        CertifiedHeader granted = chain.Evidence(StateKeys.Roll).Block;
        chain.RotateSeat(chain.Identities[0]);
        chain.Decide([chain.Learner], Operations.LlpcRevoke(llpc.Learner, llpc.Verb, 1));
        yield return new ProofFile { Receipt = chain.Receipt() }.ToByteArray();
        yield return new ProofFile { State = chain.Evidence(StateKeys.Grant(llpc, 1)) }.ToByteArray();
        yield return new ProofFile { State = chain.Evidence(StateKeys.Grant(llpc, 2)) }.ToByteArray();
        yield return new ProofFile
        {
            State = chain.Evidence(StateKeys.RecordRange(llpc, chain.School.Address)),
        }.ToByteArray();
        StateEvidence one = chain.Evidence(StateKeys.Grant(llpc, 1));
        StateList list = new() { Version = 1, Membership = one.Membership, Block = one.Block, AsOf = granted };
        foreach (StateKey key in new[] { StateKeys.Grant(llpc, 1), StateKeys.Grant(llpc, 2), StateKeys.Llpc(llpc) })
        {
            StateEvidence evidence = chain.Evidence(key);
            list.Keys.Add(new ProvedKey { Key = evidence.Key, Value = evidence.Value, Proof = evidence.Proof });
        }

        yield return new ProofFile { States = list }.ToByteArray();
    }

    private bool IsTrueOfAnotherKey(byte[] file)
    {
        if (!CanonicalMessage.TryParse(ProofFile.Parser, file, out ProofFile? proof))
        {
            return false;
        }

        IEnumerable<ByteString> keys = proof.ContentCase switch
        {
            ProofFile.ContentOneofCase.State => [proof.State.Key],
            ProofFile.ContentOneofCase.States => proof.States.Keys.Select(static one => one.Key),
            _ => [],
        };
        return keys.Any(key => !key.IsEmpty && !genuineKeys.Contains(key)
            && !chain.State.TryGet(new StateKey(key.Memory), out _));
    }

    private static byte[] ChangeByte(byte[] genuine, Random chance)
    {
        byte[] file = [.. genuine];
        file[chance.Next(file.Length)] ^= (byte)chance.Next(1, 256);
        return file;
    }

    private static byte[] ChangeVotes(byte[] genuine, Random chance, Action<IList<VoteSignature>, int> change)
    {
        ProofFile file = ProofFile.Parser.ParseFrom(genuine);
        List<CertifiedHeader> headers = [.. HeadersOf(file)];
        IList<VoteSignature> votes = headers[chance.Next(headers.Count)].Certificate.Votes;
        change(votes, chance.Next(votes.Count));
        return file.ToByteArray();
    }

    // A vote by whoever is not of the set, over what its validators signed.
    private void SignByStranger(IList<VoteSignature> votes, int at) =>
        votes[at].Signature =
            ByteString.CopyFrom(stranger.Sign(TaggedHash.Of(Tags.VoteState, votes[at].Signature.Span)));

    private static IEnumerable<CertifiedHeader> HeadersOf(ProofFile file) => file.ContentCase switch
    {
        ProofFile.ContentOneofCase.Receipt => [file.Receipt.Block],
        ProofFile.ContentOneofCase.State => [file.State.Block, .. file.State.Membership.Ends.Select(end => end.Last)],
        ProofFile.ContentOneofCase.Records => [file.Records.Block],
        ProofFile.ContentOneofCase.States => [file.States.Block, file.States.AsOf],
        ProofFile.ContentOneofCase.Disclosure => [file.Disclosure.Block, file.Disclosure.Key.Block],
        ProofFile.ContentOneofCase.None => [],
        _ => [],
    };

    // A part of one proof in the place of the same part of another.
    private static byte[] Splice(byte[] genuine, byte[] other, Random chance)
    {
        ProofFile file = ProofFile.Parser.ParseFrom(genuine);
        ProofFile from = ProofFile.Parser.ParseFrom(other);
        switch (file.ContentCase, from.ContentCase)
        {
            case (ProofFile.ContentOneofCase.Receipt, ProofFile.ContentOneofCase.Receipt):
                Exchange(file.Receipt, from.Receipt, chance);
                break;
            case (ProofFile.ContentOneofCase.State, ProofFile.ContentOneofCase.State):
                Exchange(file.State, from.State, chance);
                break;
            case (ProofFile.ContentOneofCase.States, ProofFile.ContentOneofCase.State):
                Exchange(file.States.Keys[chance.Next(file.States.Keys.Count)], from.State, chance);
                break;
            default:
                return ChangeByte(genuine, chance);
        }

        return file.ToByteArray();
    }

    private static void Exchange(Receipt into, Receipt from, Random chance)
    {
        switch (chance.Next(5))
        {
            case 0:
                into.Block = from.Block;
                break;
            case 1:
                into.Transaction = from.Transaction;
                break;
            case 2:
                into.Result = from.Result;
                break;
            case 3:
                into.Path = from.Path;
                break;
            default:
                into.Membership = from.Membership;
                into.Block = from.Block;
                break;
        }
    }

    private static void Exchange(StateEvidence into, StateEvidence from, Random chance)
    {
        switch (chance.Next(3))
        {
            case 0:
                into.Key = from.Key;
                break;
            case 1:
                into.Value = from.Value;
                break;
            default:
                into.Proof = from.Proof;
                break;
        }
    }

    private static void Exchange(ProvedKey into, StateEvidence from, Random chance)
    {
        switch (chance.Next(3))
        {
            case 0:
                into.Key = from.Key;
                break;
            case 1:
                into.Value = from.Value;
                break;
            default:
                into.Proof = from.Proof;
                break;
        }
    }
}
