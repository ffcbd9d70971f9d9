namespace Ledger.Workload;

/// <summary>One kind of event that a tool records: the event's name, its verb, and how it arises. Immutable.</summary>
public sealed class ActivityKind
{
    /// <summary>The position in <see cref="ActivityCatalogue.All"/>; part of the light form.</summary>
    public required int Index { get; init; }

    /// <summary>The position among the kinds of the same tool, below 64.</summary>
    public required int ToolIndex { get; init; }

    /// <summary>The tool that records it.</summary>
    public required LearningTool Tool { get; init; }

    /// <summary>The Moodle event class, the BookRoll operation name, or the Caliper event type.</summary>
    public required string EventName { get; init; }

    /// <summary>The verb or action, a line of <c>verbs.csv</c>.</summary>
    public required Verb Verb { get; init; }

    /// <summary>The position of the verb in <see cref="ActivityCatalogue.Verbs"/>.</summary>
    public required int VerbIndex { get; init; }

    /// <summary>What it is about.</summary>
    public required ObjectKind Object { get; init; }

    /// <summary>How often it is drawn, relative to the others of its tool; 0 for what only arises by a rule.</summary>
    public required int Weight { get; init; }

    /// <summary>The trait that bends the weight.</summary>
    public required Trait Trait { get; init; }

    /// <summary>What result it bears.</summary>
    public required OutcomeKind Outcome { get; init; }

    /// <summary>What must have come before in the session: a marker is deleted after one was added.</summary>
    public required ActivityKind? Requires { get; init; }

    /// <summary>Whether it ends what it requires: after TIMER_STOP a timer must be started again.</summary>
    public required bool Ends { get; init; }

    /// <summary>The kind that the tool records instead when the outcome is a success.</summary>
    public required ActivityKind? WhenSuccessful { get; init; }
}
