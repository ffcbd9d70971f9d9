using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Disclosures;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Tests.Nodes;

/// <summary>Keeps what it is handed without looking at it.</summary>
internal sealed class FakeDisclosures : DisclosureNode.DisclosureNodeBase
{
    private const long Since = 1_790_000_000_000;

    private readonly Dictionary<ByteString, SharedDisclosure> known = [];

    public override Task<DisclosureStanding> Share(DisclosureToShare request, ServerCallContext context)
    {
        ByteString bytes = ProofFile.Parser.ParseFrom(request.File).Disclosure.Body;
        DisclosureBody body = DisclosureBody.Parser.ParseFrom(bytes);
        Hash256 id = DisclosureMessages.IdOf(new Hash256(body.ChainId.Span), bytes.Span);
        return Task.FromResult(Tell(id.ToArray(), SharedState.Shared, body.Words));
    }

    public override Task<DisclosureStanding> Unshare(DisclosureQuestion request, ServerCallContext context) =>
        Task.FromResult(Tell(request.Id.ToByteArray(), SharedState.Withdrawn, string.Empty));

    public override Task<SharedList> ListShared(SharedQuery request, ServerCallContext context)
    {
        SharedList list = new();
        list.Disclosures.AddRange(known.Values);
        return Task.FromResult(list);
    }

    public override Task<DisclosureStanding> GetStanding(DisclosureQuestion request, ServerCallContext context) =>
        Task.FromResult(known.TryGetValue(request.Id, out SharedDisclosure? found)
            ? found.Standing
            : new DisclosureStanding { State = SharedState.Unknown });

    private DisclosureStanding Tell(byte[] id, SharedState state, string words)
    {
        ByteString key = ByteString.CopyFrom(id);
        DisclosureStanding standing = new() { State = state, SinceUnixMs = Since };
        known[key] = new SharedDisclosure
        {
            Id = key, Standing = standing, Words = known.GetValueOrDefault(key)?.Words ?? words,
        };
        return standing;
    }
}
