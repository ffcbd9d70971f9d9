using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.Contracts.Registrar;

/// <summary>RLPC: where institutions answer and by which keys. Rule K-5 of the protocol.</summary>
internal static class PublicationContract
{
    /// <summary>Opens the endpoint and closes the one of its kind before.</summary>
    public static OperationResult Publish(BlockDraft draft, PublishEndpoint call, CallContext context)
    {
        ResultCode? refusal = RefuseNonMember(draft, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        InstanceSeries series = StateKeys.Endpoints(context.Actor, call.Kind);
        Instances.Close(draft, series, EndpointInstance.Parser, static value => value.Interval, context.Height);
        ulong number = Instances.Open(draft, series, new EndpointInstance
        {
            Interval = Instances.From(context.Height),
            Kind = call.Kind,
            Uri = call.Uri,
        });
        return Accept(draft, ContractEventKind.EndpointPublished, number, context);
    }

    /// <summary>Opens the X25519 key and closes the one before. Learners have such keys too.</summary>
    public static OperationResult Publish(BlockDraft draft, PublishEncryptionKey call, CallContext context)
    {
        ResultCode? refusal = draft.Learner(context.Actor) is null ? RefuseNonMember(draft, context) : null;
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        InstanceSeries series = StateKeys.EncryptionKeys(context.Actor);
        Instances.Close(draft, series, EncryptionKeyInstance.Parser, static value => value.Interval, context.Height);
        ulong number = Instances.Open(draft, series, new EncryptionKeyInstance
        {
            Interval = Instances.From(context.Height),
            PublicKey = call.PublicKey,
        });
        return Accept(draft, ContractEventKind.EncryptionKeyPublished, number, context);
    }

    /// <summary>Raises the lowest number of TLS bindings that peers accept. It never falls.</summary>
    public static OperationResult Publish(BlockDraft draft, PublishTlsBinding call, CallContext context)
    {
        ResultCode? refusal = RefuseNonMember(draft, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        Institution institution = draft.Institution(context.Actor)!;
        if (call.Number <= institution.TlsBindingMinimum)
        {
            return Outcome.Refused(ResultCode.BindingNotNewer);
        }

        institution.TlsBindingMinimum = call.Number;
        institution.TlsBindingHash = call.BindingHash;
        draft.Set(StateKeys.Institution(context.Actor), institution);
        return Accept(draft, ContractEventKind.TlsBindingPublished, call.Number, context);
    }

    /// <summary>
    /// Opens the contact data and closes what was before. Only its recipients tell what is in it.
    /// </summary>
    public static OperationResult Publish(BlockDraft draft, PublishContact call, CallContext context)
    {
        ResultCode? refusal = RefuseNonMember(draft, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        InstanceSeries series = StateKeys.Contacts(context.Actor);
        Instances.Close(draft, series, ContactInstance.Parser, static value => value.Interval, context.Height);
        ulong number = Instances.Open(draft, series, new ContactInstance
        {
            Interval = Instances.From(context.Height),
            Contact = call.Contact,
        });
        return Accept(draft, ContractEventKind.ContactPublished, number, context);
    }

    private static ResultCode? RefuseNonMember(BlockDraft draft, CallContext context) =>
        MemberRules.RefusalOfDuties(draft, context.Actor);

    private static OperationResult Accept(
        BlockDraft draft, ContractEventKind kind, ulong number, CallContext context)
    {
        draft.Emit(new ContractEvent(kind) { Actor = context.Actor, Subject = context.Actor, Number = number });
        return Outcome.Accepted(number);
    }
}
