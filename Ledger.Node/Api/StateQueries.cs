using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Api;

/// <summary>
/// Answers questions about institutions, learners, indexes and LLPCs: by key or by a prefix of keys, never by scanning.
/// </summary>
public sealed class StateQueries(ChainState chain, ChainReader reader)
{
    /// <summary>Institutions in order of address.</summary>
    public InstitutionPage Institutions(PageRequest request)
    {
        InstitutionPage page = new();
        page.Cursor = Page([(byte)StateKind.Institution], request, (key, _) =>
        {
            page.Institutions.Add(Institution(new Address(key.AsSpan(1, Address.Size))));
            return true;
        });
        return page;
    }

    /// <summary>One institution with its keys and endpoints.</summary>
    public InstitutionView Institution(Address address)
    {
        LedgerState state = chain.Head.State;
        Institution institution = state.Institution(address)
            ?? throw Refusals.NotFound($"no institution has the address {address}");
        InstitutionView view = new()
        {
            Address = Bytes(address),
            Institution = institution,
            PublicKey = Bytes(state.CurrentKey(address)),
            EncryptionKey = Bytes(state.CurrentEncryptionKey(address)),
            IsValidator = state.Roll().Seats.Any(seat => seat.Address == Bytes(address)),
        };
        foreach (EndpointKind kind in new[] { EndpointKind.Peer, EndpointKind.Api, EndpointKind.Box })
        {
            if (state.OpenInstance(StateKeys.Endpoints(address, kind), EndpointInstance.Parser) is { } endpoint)
            {
                view.Endpoints.Add(endpoint);
            }
        }

        if (institution.Ballot != 0)
        {
            view.Ballot = state.Ballot(address, institution.Ballot);
        }

        return view;
    }

    /// <summary>A learner with its enrolments.</summary>
    public LearnerView Learner(Address address)
    {
        LedgerState state = chain.Head.State;
        LearnerView view = new()
        {
            Address = Bytes(address),
            Learner = state.Learner(address) ?? throw Refusals.NotFound($"no learner has the address {address}"),
            PublicKey = Bytes(state.CurrentKey(address)),
            Index = state.UserIndex(address),
        };
        byte[] prefix = StateKeys.Prefix(StateKind.Enrolment, address);
        foreach ((byte[] key, byte[] value) in reader.State(prefix, null).Take(ApiLimits.PageMax))
        {
            ulong number = NumberOf(key);
            if (number != 0)
            {
                view.Enrolments.Add(new EnrolmentView
                {
                    Institution = ByteString.CopyFrom(key.AsSpan(prefix.Length, Address.Size)),
                    Number = number,
                    Enrolment = Enrolment.Parser.ParseFrom(value),
                });
            }
        }

        return view;
    }

    /// <summary>Entries of a learner's index, by provider and by verb.</summary>
    public IndexPage Uic(UicRequest request)
    {
        Address learner = Refusals.AddressOf(request.Learner, "learner");
        byte[] prefix = request.Verb.Length == 0
            ? StateKeys.Prefix(StateKind.UserIndexEntry, learner)
            : StateKeys.Prefix(StateKind.UserIndexEntry, learner, LlpcName.HashOf(Refusals.VerbOf(request.Verb)));
        return Entries(
            prefix,
            request.Page,
            chain.Head.State.UserIndex(learner),
            entry => request.Provider.IsEmpty || entry.Provider == request.Provider);
    }

    /// <summary>Entries of a provider's index.</summary>
    public IndexPage Pic(PicRequest request)
    {
        Address provider = Refusals.AddressOf(request.Provider, "provider");
        byte[] prefix = request.Learner.IsEmpty
            ? StateKeys.Prefix(StateKind.ProviderIndexEntry, provider)
            : StateKeys.Prefix(
                StateKind.ProviderIndexEntry, provider, Refusals.AddressOf(request.Learner, "learner").Value);
        return Entries(prefix, request.Page, chain.Head.State.ProviderIndex(provider), _ => true);
    }

    /// <summary>An LLPC with its open grants and the ranges of its writers.</summary>
    public LlpcView Llpc(Address learner, string verb)
    {
        LedgerState state = chain.Head.State;
        LlpcName name = new(learner, verb);
        LlpcView view = new()
        {
            Learner = Bytes(learner),
            Verb = verb,
            Llpc = state.Llpc(name) ?? throw Refusals.NotFound($"learner {learner} has no LLPC for {verb}"),
        };
        view.Grants.AddRange(state.LiveGrants(name).Grants);
        foreach (Address writer in reader.Writers(name))
        {
            view.Ranges.Add(new WriterRange { Writer = Bytes(writer), Range = state.RecordRange(name, writer) });
        }

        return view;
    }

    /// <summary>Requests that wait for a learner's answer. One whose time is over waits for nobody any more.</summary>
    public RequestPage Requests(RequestsQuery query)
    {
        LedgerHead head = chain.Head;
        Address learner = Refusals.AddressOf(query.Learner, "learner");
        RequestPage page = new();
        byte[] prefix = StateKeys.Prefix(StateKind.Llpc, learner);
        page.Cursor = Page(prefix, query.Page, (_, value) =>
        {
            Llpc llpc = Contracts.Protos.Llpc.Parser.ParseFrom(value);
            LlpcName name = new(learner, llpc.Verb);
            int before = page.Requests.Count;
            foreach (PendingRequest pending in llpc.Pending)
            {
                if (head.State.Request(name, pending.Number) is { Interval.ToHeight: 0 } request
                    && head.Header.TimeUnixMs < request.Interval.EndUnixMs)
                {
                    page.Requests.Add(new RequestView
                    {
                        Learner = query.Learner,
                        Verb = llpc.Verb,
                        Number = pending.Number,
                        Request = request,
                    });
                }
            }

            return page.Requests.Count > before;
        });
        return page;
    }

    private IndexPage Entries(
        byte[] prefix, PageRequest? request, Contracts.Protos.Index? index, Func<IndexEntry, bool> wanted)
    {
        IndexPage page = new() { Index = index };
        page.Cursor = Page(prefix, request, (key, value) =>
        {
            if (NumberOf(key) == 0)
            {
                return false;
            }

            IndexEntry entry = IndexEntry.Parser.ParseFrom(value);
            bool isWanted = entry.Interval.ToHeight == 0 && wanted(entry);
            if (isWanted)
            {
                page.Entries.Add(entry);
            }

            return isWanted;
        });
        return page;
    }

    // Walks keys below a prefix from the cursor on, until the page is full; answers the cursor of the next page.
    private ByteString Page(byte[] prefix, PageRequest? request, Func<byte[], byte[], bool> take)
    {
        int room = Refusals.LimitOf(request);
        byte[]? from = null;
        if (request is { Cursor.IsEmpty: false })
        {
            from = request.Cursor.ToByteArray();
            if (!from.AsSpan().StartsWith(prefix))
            {
                throw Refusals.Argument("page.cursor", "this cursor is of another question");
            }
        }

        foreach ((byte[] key, byte[] value) in reader.State(prefix, from))
        {
            if (room == 0)
            {
                return ByteString.CopyFrom(key);
            }

            room -= take(key, value) ? 1 : 0;
        }

        return ByteString.Empty;
    }

    private static ulong NumberOf(byte[] key) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(key.AsSpan(key.Length - sizeof(ulong)));

    private static ByteString Bytes(Address address) => ByteString.CopyFrom(address.ToArray());

    private static ByteString Bytes(PublicKeyBytes? key) =>
        key is { } bytes ? ByteString.CopyFrom(bytes.ToArray()) : ByteString.Empty;
}
