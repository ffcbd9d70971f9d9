using Grpc.Core;

namespace Grpc.Tests.Hosting;

/// <summary>Waits for events with a limit that says what did not happen.</summary>
internal static class Waiting
{
    /// <summary>Far more than any step takes, so that only a hang meets it.</summary>
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(20);

    internal static async Task<T> WithinLimit<T>(this Task<T> task, string what)
    {
        await WithinLimit((Task)task, what);
        return await task;
    }

    internal static async Task WithinLimit(this Task task, string what)
    {
        if (await Task.WhenAny(task, Task.Delay(limit)) != task)
        {
            Assert.Fail($"Within {limit.TotalSeconds} s this did not happen: {what}.");
        }

        await task;
    }

    /// <summary>The refusal that a call ends with.</summary>
    internal static async Task<RpcException> RefusalAsync(this Task call, string what)
    {
        try
        {
            await call.WithinLimit(what);
        }
        catch (RpcException refusal)
        {
            return refusal;
        }

        Assert.Fail($"This was not refused: {what}.");
        throw new InvalidOperationException("Assert.Fail returned.");
    }
}
