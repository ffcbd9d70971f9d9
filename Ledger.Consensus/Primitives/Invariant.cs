using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Ledger.Primitives;

/// <summary>
/// What must hold. A broken invariant stops the process, in release builds too: going on would be worse.
/// </summary>
public static class Invariant
{
    /// <summary>Throws <see cref="InvariantException"/> with the text of the condition when it does not hold.</summary>
    public static void That(
        [DoesNotReturnIf(false)] bool condition,
        [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        if (!condition)
        {
            throw new InvariantException(text);
        }
    }
}
