using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Api;

/// <summary>Which events a caller wants to be told.</summary>
public sealed class EventFilter
{
    private readonly ByteString learner;
    private readonly ByteString institution;
    private readonly string verb;
    private readonly HashSet<uint> kinds;

    private EventFilter(EventsRequest request)
    {
        learner = request.Learner;
        institution = request.Institution;
        verb = request.Verb;
        kinds = [.. request.Kinds];
    }

    /// <summary>Reads a request; fails the call where it is malformed, or not the caller's to ask.</summary>
    public static EventFilter Of(EventsRequest request, Caller caller)
    {
        if (request.Kinds.Count > ApiLimits.EventKindsMax)
        {
            throw Refusals.Argument("kinds", $"at most {ApiLimits.EventKindsMax}");
        }

        if (request.Verb.Length > TransactionLimits.VerbBytesMax)
        {
            throw Refusals.Argument("verb", $"an IRI of at most {TransactionLimits.VerbBytesMax} bytes");
        }

        Address? learner = AddressOf(request.Learner, "learner");
        Address? institution = AddressOf(request.Institution, "institution");
        if (!(learner is { } one && caller.IsSelf(one)) && !(institution is { } other && caller.IsSelf(other)))
        {
            caller.RequireMember();
        }

        return new EventFilter(request);
    }

    /// <summary>Whether an event fits.</summary>
    public bool Fits(EventMessage one) =>
        (kinds.Count == 0 || kinds.Contains(one.Kind))
        && (learner.IsEmpty || one.Learner == learner || one.Actor == learner || one.Subject == learner)
        && (institution.IsEmpty || one.Actor == institution || one.Subject == institution)
        && (verb.Length == 0 || one.Verb == verb);

    /// <summary>
    /// Prefixes in the index of events of which one at least leads to every block that has an event that fits; none
    /// where every block must be looked at.
    /// </summary>
    public IReadOnlyList<byte[]> IndexPrefixes =>
        !learner.IsEmpty ? [EventIndex.PrefixOf(learner)]
        : !institution.IsEmpty ? [EventIndex.PrefixOf(institution)]
        : [.. kinds.Select(EventIndex.PrefixOf)];

    private static Address? AddressOf(ByteString field, string name) =>
        field.IsEmpty ? null : Refusals.AddressOf(field, name);
}
