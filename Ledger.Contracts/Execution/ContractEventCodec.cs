using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Ledger.Contracts.Identity;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>Writes events as the message in which nodes keep and tell them, and reads them again.</summary>
public static class ContractEventCodec
{
    /// <summary>The events of a block in order, as one message.</summary>
    public static EventList ToMessage(IReadOnlyList<ContractEvent> events)
    {
        EventList list = new();
        list.Events.Capacity = events.Count;
        EventMessage before = new();
        foreach (ContractEvent one in events)
        {
            before = ToMessage(one, before);
            list.Events.Add(before);
        }

        return list;
    }

    /// <summary>One event as a message.</summary>
    public static EventMessage ToMessage(ContractEvent one) => ToMessage(one, new EventMessage());

    // Events that stand side by side mostly share who acted, and in what transaction.
    private static EventMessage ToMessage(ContractEvent one, EventMessage before) => new()
    {
        Kind = (uint)one.Kind,
        Actor = FieldOf(one.Actor?.Value, before.Actor),
        Learner = FieldOf(one.Learner?.Value, before.Learner),
        Verb = one.Verb ?? string.Empty,
        Subject = FieldOf(one.Subject?.Value, before.Subject),
        Client = FieldOf(one.Client?.Value, before.Client),
        Number = one.Number,
        Rights = one.Rights == AccessBits.None ? null : one.Rights.ToMessage(),
        TransactionId = FieldOf(one.Place?.TransactionId, before.TransactionId),
        Group = (uint)(one.Place?.Group ?? 0),
        Operation = (uint)(one.Place?.Operation ?? 0),
    };

    /// <summary>
    /// Reads a message that a node sent; false where a field has another length than it must have, or a number that no
    /// event has.
    /// </summary>
    public static bool TryRead(EventMessage message, [NotNullWhen(true)] out ContractEvent? one)
    {
        one = null;
        if (!TryReadAddress(message.Actor, out Address? actor)
            || !TryReadAddress(message.Learner, out Address? learner)
            || !TryReadAddress(message.Subject, out Address? subject)
            || !TryReadAddress(message.Client, out Address? client)
            || !(message.TransactionId.IsEmpty || Hash256.TryRead(message.TransactionId.Span, out _))
            || Math.Max(message.Kind, Math.Max(message.Group, message.Operation)) > int.MaxValue)
        {
            return false;
        }

        one = new ContractEvent((ContractEventKind)message.Kind)
        {
            Actor = actor,
            Learner = learner,
            Verb = message.Verb.Length == 0 ? null : message.Verb,
            Subject = subject,
            Client = client,
            Number = message.Number,
            Rights = message.Rights.ToBits(),
            Place = message.TransactionId.IsEmpty
                ? null
                : new OperationPlace(
                    new Hash256(message.TransactionId.Span), (int)message.Group, (int)message.Operation),
        };
        return true;
    }

    private static ByteString FieldOf(Hash256? value, ByteString before)
    {
        if (value is null)
        {
            return ByteString.Empty;
        }

        return !before.IsEmpty && new Hash256(before.Span) == value ? before : value.Value.ToField();
    }

    private static bool TryReadAddress(ByteString field, out Address? address)
    {
        address = null;
        if (field.IsEmpty)
        {
            return true;
        }

        bool isRead = Address.TryRead(field.Span, out Address read);
        address = read;
        return isRead;
    }
}
