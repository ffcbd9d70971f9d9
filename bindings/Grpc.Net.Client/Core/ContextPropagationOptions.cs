namespace Grpc.Core;

/// <summary>What a call made by a handler takes over from the call it handles.</summary>
public class ContextPropagationOptions
{
    /// <summary>Takes over everything.</summary>
    public static readonly ContextPropagationOptions Default = new();

    /// <summary>Chooses what is taken over.</summary>
    /// <param name="propagateDeadline">Whether the deadline is.</param>
    /// <param name="propagateCancellation">Whether cancellation is.</param>
    public ContextPropagationOptions(bool propagateDeadline = true, bool propagateCancellation = true)
    {
        IsPropagateDeadline = propagateDeadline;
        IsPropagateCancellation = propagateCancellation;
    }

    /// <summary>Whether the deadline is taken over.</summary>
    public bool IsPropagateDeadline { get; }

    /// <summary>Whether cancellation is taken over.</summary>
    public bool IsPropagateCancellation { get; }
}
