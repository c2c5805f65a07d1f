"""The file that comes with an entry."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    upload = forms.FileField(
        label=_("附件"),
        required=False,
        help_text=_("如批文、报告或协议的扫描件；新文件替换旧文件。"),
    )

    def clean_upload(self) -> object:
        """Empty and oversized files are refused, as everywhere."""
        file = self.cleaned_data.get("upload")
        if file and file.size > settings.UPLOAD_MAX_BYTES:
            limit = f"{settings.UPLOAD_MAX_BYTES / 2**20:g}"
            raise forms.ValidationError(
                _("文件超过上限（%(limit)s MB），请压缩后再传。") % {"limit": limit}
            )
        return file
