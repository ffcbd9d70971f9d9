using Google.Protobuf;
using Google.Protobuf.Collections;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.Transactions;

/// <summary>What of the calls about staff and testimonials can be judged without state. Rule P-3.</summary>
internal static class StaffForm
{
    public static bool IsRight(StaffAppoint call) =>
        IsAddress(call.Staff)
        && AreRoles(call.Roles)
        && call.JoinedUnixMs > 0
        && (call.UntilUnixMs == 0 || call.UntilUnixMs > call.JoinedUnixMs);

    public static bool IsRight(StaffAssign call) =>
        IsAddress(call.Staff) && AreRoles(call.Roles) && call.FromUnixMs > 0;

    public static bool IsRight(StaffEnd call) =>
        IsAddress(call.Institution) && IsAddress(call.Staff) && call.LeftUnixMs > 0;

    public static bool IsRight(TestimonialIssue call) =>
        IsAddress(call.Learner)
        && IsAddress(call.Institution)
        && call.DatedUnixMs > 0
        && call.Commitment.Length == Hash256.Size
        && (call.Uri.Length == 0 || TextForm.IsUri(call.Uri));

    public static bool IsRight(TestimonialWithdraw call) =>
        IsAddress(call.Learner) && IsAddress(call.Institution) && call.Number > 0;

    // In ascending order, so that the same roles are the same bytes.
    private static bool AreRoles(RepeatedField<StaffRole> roles) =>
        roles.Count > 0
        && roles.All(static role => role is >= StaffRole.Teacher and <= StaffRole.Researcher)
        && roles.Zip(roles.Skip(1)).All(static pair => pair.First < pair.Second);

    private static bool IsAddress(ByteString bytes) => bytes.Length == Address.Size;
}
