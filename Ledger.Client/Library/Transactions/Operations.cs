using Google.Protobuf;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Transactions;

/// <summary>Makes operations, one method each; the actor is set when the operation joins a group.</summary>
public static partial class Operations
{
    /// <summary>RLPC: the signer asks to join as an institution.</summary>
    public static Operation RegisterInstitution(string name, string domain, InstitutionKind kind) =>
        new() { RegisterInstitution = new RegisterInstitution { Name = name, Domain = domain, Kind = kind } };

    /// <summary>RLPC: the signer votes on a candidate's ballot.</summary>
    public static Operation VoteInstitution(Address candidate, ulong ballot, bool approve) =>
        new()
        {
            VoteInstitution = new VoteInstitution { Candidate = Bytes(candidate), Ballot = ballot, Approve = approve },
        };

    /// <summary>RLPC: the signer publishes where it answers.</summary>
    public static Operation PublishEndpoint(EndpointKind kind, string uri) =>
        new() { PublishEndpoint = new PublishEndpoint { Kind = kind, Uri = uri } };

    /// <summary>RLPC: the signer publishes its X25519 public key, 32 bytes.</summary>
    public static Operation PublishEncryptionKey(ReadOnlySpan<byte> publicKey) =>
        new() { PublishEncryptionKey = new PublishEncryptionKey { PublicKey = ByteString.CopyFrom(publicKey) } };

    /// <summary>RLPC: the signer publishes the lowest number of its TLS bindings that peers may accept.</summary>
    public static Operation PublishTlsBinding(ulong number, Hash256 bindingHash) =>
        new() { PublishTlsBinding = new PublishTlsBinding { Number = number, BindingHash = Bytes(bindingHash) } };

    /// <summary>RLPC: learner and institution, both signing, begin an enrolment.</summary>
    public static Operation Enrol(Address learner, Address institution) =>
        new() { Enrol = new Enrol { Learner = Bytes(learner), Institution = Bytes(institution) } };

    /// <summary>RLPC: the learner or the institution ends an enrolment.</summary>
    public static Operation EndEnrolment(Address learner, Address institution) =>
        new() { EndEnrolment = new EndEnrolment { Learner = Bytes(learner), Institution = Bytes(institution) } };

    /// <summary>UIC: the signer becomes a learner of the ledger.</summary>
    public static Operation UicCreate() => new() { UicCreate = new UicCreate() };

    /// <summary>UIC: the signer's entry for an LLPC in a learner's index.</summary>
    public static Operation UicInsert(Address learner, string verb) =>
        new() { UicInsert = new UicInsert { Learner = Bytes(learner), Verb = verb } };

    /// <summary>PIC: the signer's provider index.</summary>
    public static Operation PicCreate() => new() { PicCreate = new PicCreate() };

    /// <summary>PIC: the LLPC's entry in the signer's index.</summary>
    public static Operation PicInsert(Address learner, string verb) =>
        new() { PicInsert = new PicInsert { Learner = Bytes(learner), Verb = verb } };

    /// <summary>LLPC: opens the LLPC of a learner and a verb, by its exact IRI.</summary>
    public static Operation LlpcCreate(Address learner, string verb) =>
        new() { LlpcCreate = new LlpcCreate { Learner = Bytes(learner), Verb = verb } };

    /// <summary>LLPC: anchors records.</summary>
    public static Operation LlpcInsert(Address learner, string verb, IEnumerable<RecordEntry> records)
    {
        LlpcInsert insert = new() { Learner = Bytes(learner), Verb = verb };
        insert.Records.AddRange(records);
        return new Operation { LlpcInsert = insert };
    }

    /// <summary>
    /// LLPC: the signer asks for rights; <paramref name="purpose"/> is a commitment of 32 bytes, or empty.
    /// </summary>
    public static Operation LlpcRequest(
        Address learner, string verb, Rights rights, ReadOnlySpan<byte> purpose, PolicyName? policy = null) =>
        new()
    {
        LlpcRequest = new LlpcRequest
        {
            Learner = Bytes(learner), Verb = verb, Rights = rights, Purpose = ByteString.CopyFrom(purpose),
            Policy = policy,
        },
    };

    /// <summary>LLPC: the requester takes a request back.</summary>
    public static Operation LlpcWithdraw(Address learner, string verb, ulong request) =>
        new() { LlpcWithdraw = new LlpcWithdraw { Learner = Bytes(learner), Verb = verb, Request = request } };

    /// <summary>
    /// LLPC: the score of a record that the signer wrote; <paramref name="sealedScore"/> is a commitment of 32 bytes.
    /// </summary>
    public static Operation LlpcScore(Address learner, string verb, ulong index, Hash256 sealedScore) =>
        new()
        {
            LlpcScore = new LlpcScore
            {
                Learner = Bytes(learner), Verb = verb, Index = index, Sealed = Bytes(sealedScore),
            },
        };

    /// <summary>LLPC: the score of a record in clear; the learner signs too.</summary>
    public static Operation LlpcScore(Address learner, string verb, ulong index, PublicScore score) =>
        new()
        {
            LlpcScore = new LlpcScore { Learner = Bytes(learner), Verb = verb, Index = index, Public = score },
        };

    /// <summary>
    /// LLPC: records that the signer wrote are erased. The leaves are those that stand in its range, in ascending
    /// order; the path is what its prover shows for them.
    /// </summary>
    public static Operation LlpcErase(
        Address learner, string verb, IEnumerable<RecordLeaf> leaves, IEnumerable<ByteString> path) =>
        new()
        {
            LlpcErase = new LlpcErase
            {
                Learner = Bytes(learner),
                Verb = verb,
                Records =
                {
                    leaves.Select(static leaf => new ErasedEntry
                    {
                        Index = leaf.Index,
                        Height = leaf.Height,
                        Locator = leaf.Locator,
                        Commitment = leaf.Commitment,
                    }),
                },
                Path = { path },
            },
        };

    /// <summary>LLPC: the learner denies a request.</summary>
    public static Operation LlpcDeny(Address learner, string verb, ulong request) =>
        new() { LlpcDeny = new LlpcDeny { Learner = Bytes(learner), Verb = verb, Request = request } };

    /// <summary>LLPC: the signer grants rights; parent 0 acts by its own right, end 0 has no end.</summary>
    public static Operation LlpcGrant(
        Address learner, string verb, Address grantee, Rights rights, ulong parent, long endUnixMs,
            ReadOnlySpan<byte> limits) =>
        new()
        {
            LlpcGrant = new LlpcGrant
            {
                Learner = Bytes(learner),
                Verb = verb,
                Grantee = Bytes(grantee),
                Rights = rights,
                Parent = parent,
                EndUnixMs = endUnixMs,
                Limits = ByteString.CopyFrom(limits),
            },
        };

    /// <summary>LLPC: closes a grant and everything under it.</summary>
    public static Operation LlpcRevoke(Address learner, string verb, ulong grant) =>
        new() { LlpcRevoke = new LlpcRevoke { Learner = Bytes(learner), Verb = verb, Grant = grant } };

    /// <summary>LLPC: the learner takes back the default right of an institution that it has left.</summary>
    public static Operation LlpcRevokeInstitution(Address learner, string verb, Address institution) =>
        new()
        {
            LlpcRevoke = new LlpcRevoke { Learner = Bytes(learner), Verb = verb, Institution = Bytes(institution) },
        };

    /// <summary>LLPC: the grantee gives a grant up.</summary>
    public static Operation LlpcRenounce(Address learner, string verb, ulong grant) =>
        new() { LlpcRenounce = new LlpcRenounce { Learner = Bytes(learner), Verb = verb, Grant = grant } };

    /// <summary>Without effect; its block settles what expired before it.</summary>
    public static Operation Settle() => new() { Settle = new Settle() };

    private static ByteString Bytes(Address address) => UnsafeByteOperations.UnsafeWrap(address.ToArray());

    private static ByteString Bytes(Hash256 hash) => UnsafeByteOperations.UnsafeWrap(hash.ToArray());
}
