using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Api;

/// <summary>Which events a caller wants to be told.</summary>
public sealed class EventFilter
{
    private readonly ByteString learner;
    private readonly ByteString institution;
    private readonly HashSet<uint> kinds;

    private EventFilter(EventsRequest request)
    {
        learner = request.Learner;
        institution = request.Institution;
        kinds = [.. request.Kinds];
    }

    /// <summary>Reads a request; fails the call where it is malformed, or not the caller's to ask.</summary>
    public static EventFilter Of(EventsRequest request, Caller caller)
    {
        if (request.Kinds.Count > ApiLimits.EventKindsMax)
        {
            throw Refusals.Argument("kinds", $"at most {ApiLimits.EventKindsMax}");
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
        && (institution.IsEmpty || one.Actor == institution || one.Subject == institution);

    private static Address? AddressOf(ByteString field, string name) =>
        field.IsEmpty ? null : Refusals.AddressOf(field, name);
}
