"""Pages of returns."""

from django.urls import path

from returns.views import bulk, desk, documentation, periods, record, review

app_name = "returns"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("queue/", review.queue, name="queue"),
    path("board/", periods.board_page, name="board"),
    path("periods/", periods.periods, name="periods"),
    path("periods/<int:pk>/change/", periods.change_period, name="change-period"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("bulk/<int:pk>/", bulk.bulk_submission, name="bulk-submission"),
    path("bulk/<int:pk>/result.csv", bulk.bulk_result, name="bulk-result"),
    path("bulk/<int:pk>/retry/", bulk.bulk_retry, name="bulk-retry"),
    path("checks/", documentation.checks, name="checks"),
    path("dictionary/", documentation.dictionary, name="dictionary"),
    path("period/<int:pk>/", desk.period_page, name="period"),
    path("period/<int:pk>/workbook/", desk.workbook, name="workbook"),
    path("period/<int:pk>/upload/", desk.upload, name="upload"),
    path("period/<int:pk>/grid/", desk.grid, name="grid"),
    path("<int:pk>/", record.record_page, name="return"),
    path("<int:pk>/explain/", record.explain, name="explain"),
    path("<int:pk>/sign/", record.sign, name="sign"),
    path("<int:pk>/withdraw/", record.withdraw, name="withdraw"),
    path("<int:pk>/revise/", record.revise, name="revise"),
    path("<int:pk>/marked/", record.marked, name="marked"),
    path("<int:pk>/document/", record.document, name="document"),
    path("<int:pk>/row/", record.row_page, name="row"),
    path("<int:pk>/receipt/", record.receipt, name="receipt"),
    path("<int:pk>/receipt.pdf", record.receipt_file, name="receipt-pdf"),
    path("<int:pk>/review/", review.review, name="review"),
    path("<int:pk>/decide/", review.decide, name="decide"),
]
